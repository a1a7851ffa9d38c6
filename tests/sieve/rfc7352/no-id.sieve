require "duplicate";
if anyof(duplicate :header "x-absent", duplicate :header "x-empty", duplicate :header "not a name:",
         duplicate :seconds 0) { discard; }
