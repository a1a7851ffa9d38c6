require "enotify";
notify "carol@example.net";
notify "";
notify "mailto:carol";
notify "mailto:carol@example.net?subject";
