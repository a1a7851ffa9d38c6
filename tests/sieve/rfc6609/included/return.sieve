require ["include", "variables"];
global "trail";
set "trail" "${trail}r";
if true {
	if true { return; }
}
set "trail" "${trail}X";
