require ["include"];
include "error";
