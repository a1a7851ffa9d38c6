require "notify";
notify :method "xmpp" :options "a@example.net";
notify :options ["a@example.net", "bob@"];
notify :low :high :options "a@example.net";
notify "mailto";
denotify :is ["a", "b"];
denotify :count "ge" "1";
