require ["include"];
return "x";
