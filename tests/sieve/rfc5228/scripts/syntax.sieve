keep;
if header "a" ["b" { discard; }
frop;
