require ["enotify", "reject"];
notify "mailto:carol@example.net";
reject "No.";
