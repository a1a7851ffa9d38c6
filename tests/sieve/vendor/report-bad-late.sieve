require ["vnd.dovecot.report", "variables"];
set "type" "abuse
Original-Mail-From: <x@example.org>";
report "${type}" "text" "abuse@example.org";
