require "editheader";
addheader "X Field" "value";
