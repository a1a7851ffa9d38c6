require ["ihave", "variables"];
set "n" "6";
discard;
error "the sky is falling, ${n} times";
keep;
