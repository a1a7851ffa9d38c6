keep
frop;
stop;
