require ["editheader", "variables"];
addheader "X-Edited" "yes";
set "address" "nobody";
redirect "${address}";
