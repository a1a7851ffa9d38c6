require "enotify";
notify :options "noequals" "mailto:carol@example.net";
notify :options "=value" "mailto:carol@example.net";
notify :options "-a=value" "mailto:carol@example.net";
notify :options "a b=value" "mailto:carol@example.net";
