keep ~; stop;
