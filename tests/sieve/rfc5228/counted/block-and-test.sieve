if frop;
