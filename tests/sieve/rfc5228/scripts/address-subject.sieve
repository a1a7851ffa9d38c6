if address "subject" "x" { stop; }
