keep :x; keep :x; keep "a" :x; discard :x;
