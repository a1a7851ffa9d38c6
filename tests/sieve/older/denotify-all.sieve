require "notify";
notify :options "a@example.net" :id "one" :low;
notify :options "b@example.net";
denotify;
