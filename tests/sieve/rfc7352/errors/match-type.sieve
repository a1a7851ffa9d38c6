require "duplicate";
if duplicate :contains { keep; }
