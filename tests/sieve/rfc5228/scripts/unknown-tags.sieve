keep :frop;
keep :frop;
if header :frop "a" "b" { keep; }
