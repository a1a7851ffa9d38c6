if true { keep; } elsif frop { grop; } else { mop; }
