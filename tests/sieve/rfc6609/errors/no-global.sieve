require ["include", "variables"];
include "no-global";
