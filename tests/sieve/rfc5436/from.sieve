require "enotify";
notify :from "bob@example.com" "mailto:carol@example.net";
