if anyof(header "a" 3, true, frop) { grop; } else { mop; }
