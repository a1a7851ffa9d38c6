require "editheader";
deleteheader :last "X-Field";
