require "editheader";
addheader "X-Größe" "value";
