require "notify";
notify :options "a@example.net" :id "one" :low;
notify :options "b@example.net" :id "two" :normal;
notify :options "c@example.net" :high;
notify :options "d@example.net" :id "three";
denotify :is "one";
denotify :contains "x" :normal;
denotify :matches "t?o" :high;
denotify :high;
