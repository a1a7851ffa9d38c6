require ["include", "variables"];
set "g" "a local one";
set "seen" "another";
set "global.seen" "<${global.g}>";
