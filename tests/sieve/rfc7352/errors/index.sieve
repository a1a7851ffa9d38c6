require "duplicate";
if duplicate :index 1 { keep; }
