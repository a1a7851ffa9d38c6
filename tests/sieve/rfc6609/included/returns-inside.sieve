require ["include", "variables"];
global "trail";
include "return";
set "trail" "${trail}a";
