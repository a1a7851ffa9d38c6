require "enotify";
notify :from "ben@example.org" "mailto:anne@example.org";
