require "redirect-deliverby";
redirect :bytimeabsolute "2001-11-21T10:15:30+01:00" "a@example.net";
