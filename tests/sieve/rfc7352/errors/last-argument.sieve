require "duplicate";
if duplicate :last 3 { keep; }
