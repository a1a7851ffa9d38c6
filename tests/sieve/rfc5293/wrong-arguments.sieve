require "editheader";
# six commands, each with one mistake
addheader "X-Field";
addheader "X-Field" ["value"];
addheader :first "X-Field" "value";
deleteheader;
deleteheader "X-Field" 3;
deleteheader ["X-Field"] "value";
