if true { if true { keep;
