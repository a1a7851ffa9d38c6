require ["envelope", "envelope-dsn", "envelope-deliverby"];
if envelope :localpart "notify" "x" { stop; }
if envelope :domain "ret" "x" { stop; }
if envelope :domain "envid" "x" { stop; }
if envelope :domain "bymode" "x" { stop; }
if envelope :domain "orcpt" "x" { stop; }
if envelope :all "orcpt" "x" { stop; }
