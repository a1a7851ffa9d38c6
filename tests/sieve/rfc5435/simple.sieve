require "enotify";
notify :message "You have mail" "mailto:carol@example.net";
