if header :comparator "i;frop" "a" "1" { stop; }
