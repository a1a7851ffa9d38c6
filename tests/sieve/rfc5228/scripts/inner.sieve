if header :is "a" { frop; }
