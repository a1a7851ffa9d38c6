require ["editheader", "variables"];
addheader "X-Void" "value";
set "name" "";
addheader "${name}" "value";
