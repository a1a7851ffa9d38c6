require ["include", "variables"];
global "found";
include "from-dictionary";
include :global "from-dictionary";
include :optional "in-no-dictionary";
if not string "${found}" "personal, global" { discard; }
