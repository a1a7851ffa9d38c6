require "duplicate";
if duplicate :header 1 { keep; }
