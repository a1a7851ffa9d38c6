if anyof(true { keep ]; }
