require ["include", "variables"];
global "trail";
include :once "mark";
set "trail" "${trail}n";
