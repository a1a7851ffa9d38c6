if true { keep; } elsif { frop; } else { grop; }
