true; true; frop; frop;
