require ["include", "variables"];
global "${x}";
