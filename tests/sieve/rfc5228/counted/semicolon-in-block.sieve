if true { ; }
keep [;
