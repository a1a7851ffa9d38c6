require ["envelope", "envelope-deliverby"];
if envelope :zone "nowhere" "bytimeabsolute" "x" { stop; }
