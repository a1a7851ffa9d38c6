require ["include", "variables"];
include "${x}";
