require ["vnd.dovecot.pipe", "vnd.dovecot.filter", "vnd.dovecot.execute", "variables"];
pipe "/bin/sh";
pipe "../bin/silent";
filter "";
filter "..";
execute "a/b";
execute "${name}";
if execute "a
b" { stop; }
