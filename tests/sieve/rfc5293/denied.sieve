require "editheader";
addheader "X-Locked" "again";
deleteheader "X-Locked";
deleteheader "Received";
