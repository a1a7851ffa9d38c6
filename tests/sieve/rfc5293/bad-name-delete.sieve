require "editheader";
deleteheader "X Field";
