require ["variables", "envelope", "vnd.dovecot.debug"];
if header :contains "subject" "Frop" {
  debug_log "Subject header contains Frop!";
}
if envelope :matches "to" "*" { set "to" "${1}"; }
if envelope :matches "from" "*" { set "from" "${1}"; }
debug_log "Received message TO=${to} FROM=${from}";
