require "date";
if date :zone "+1" "date" "hour" "1" { keep; }
