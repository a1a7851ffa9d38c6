require "enotify";
notify "mailto:anne@example.org";
