require "date";
if date :zone "+0100" :originalzone "date" "hour" "1" { keep; }
