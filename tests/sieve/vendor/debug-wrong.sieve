require "vnd.dovecot.debug";
debug_log;
debug_log ["a", "b"];
debug_log 3;
