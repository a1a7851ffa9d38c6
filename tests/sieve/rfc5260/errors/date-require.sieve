if currentdate "hour" "1" { keep; }
