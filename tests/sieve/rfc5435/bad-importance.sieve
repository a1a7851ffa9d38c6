require "enotify";
notify :importance "0" "mailto:carol@example.net";
notify :importance "high" "mailto:carol@example.net";
notify :importance 1 "mailto:carol@example.net";
