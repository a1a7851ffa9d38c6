if true { frop; } elsif grop { mop; } else { bop; }
