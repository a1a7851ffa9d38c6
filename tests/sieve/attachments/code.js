function f(a) { return a + 1; }
var x = f(2);
