if "x" (frop, frap) { grop; }
