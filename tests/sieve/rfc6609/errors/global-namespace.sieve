require ["include", "variables"];
global "global.x";
