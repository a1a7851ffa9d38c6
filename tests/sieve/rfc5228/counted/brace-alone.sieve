}
keep [;
