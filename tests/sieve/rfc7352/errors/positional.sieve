require "duplicate";
if duplicate "x" { keep; }
