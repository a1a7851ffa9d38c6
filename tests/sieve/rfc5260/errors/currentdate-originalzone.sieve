require "date";
if currentdate :originalzone "hour" "1" { keep; }
