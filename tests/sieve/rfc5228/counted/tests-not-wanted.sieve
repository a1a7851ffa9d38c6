if header "x" "y" frop { grop; }
