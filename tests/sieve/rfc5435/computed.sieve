require ["enotify", "variables"];
set "method" "mailto:carol at example.net";
notify "${method}";
