require ["envelope", "variables"];
set "p" "frop";
if envelope "${p}" "x" { stop; }
