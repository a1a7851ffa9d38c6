if anyof(header [3), ~) { keep ]; }
