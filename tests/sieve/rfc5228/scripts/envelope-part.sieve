require "envelope";
if envelope "frop" "x" { stop; }
