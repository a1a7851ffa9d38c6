require ["vnd.dovecot.pipe", "vnd.dovecot.filter", "vnd.dovecot.execute", "variables"];
pipe;
filter :try "silent";
execute :input "x" :pipe "silent";
execute :output "1" "silent";
execute :input "silent";
pipe "silent" 3;
