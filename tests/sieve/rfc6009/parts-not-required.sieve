require "envelope";
if envelope "notify" "NEVER" { stop; }
if envelope "bymode" "return" { stop; }
