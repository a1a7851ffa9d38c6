global "x";
