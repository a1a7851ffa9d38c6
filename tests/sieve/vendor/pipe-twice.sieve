require "vnd.dovecot.pipe";
pipe "silent";
pipe "silent" "again";
