if true { }
fileinto "x";
frobnicate;
