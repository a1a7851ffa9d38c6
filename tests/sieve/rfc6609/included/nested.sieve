require ["include", "variables"];
global "trail";
set "trail" "${trail}<";
include "mark";
include :global "mark";
set "trail" "${trail}>";
