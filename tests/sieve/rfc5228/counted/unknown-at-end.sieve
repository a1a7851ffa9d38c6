keep; ~; stop;
