require "date";
if date ["date", "received"] "hour" "1" { keep; }
