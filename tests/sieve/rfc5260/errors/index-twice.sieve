require "index";
if header :index 1 :index 2 "subject" "x" { keep; }
