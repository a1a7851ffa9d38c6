stop { frop; }
