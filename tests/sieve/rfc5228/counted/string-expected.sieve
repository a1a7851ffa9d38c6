redirect [;
keep ];
