require ["variables", "vnd.dovecot.environment"];
set "env.name" "x";
