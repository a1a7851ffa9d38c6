require ["include", "variables"];
global "12";
