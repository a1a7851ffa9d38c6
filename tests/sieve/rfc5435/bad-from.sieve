require "enotify";
notify :from "nobody" "mailto:carol@example.net";
notify :from "a@example.org, b@example.org" "mailto:carol@example.net";
