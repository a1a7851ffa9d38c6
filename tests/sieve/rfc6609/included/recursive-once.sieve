require ["include", "variables"];
global "trail";
set "trail" "${trail}o";
include :once "recursive-once";
