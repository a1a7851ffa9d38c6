require ["vnd.dovecot.pipe", "subaddress", "envelope", "copy", "vnd.dovecot.filter", "fileinto",
         "vnd.dovecot.execute", "vacation", "variables"];
if envelope :detail "to" "request" {
  pipe "request-handler";
}
if address "to" "snailmail@example.com" {
  pipe :copy "printer" ["A4", "draft"];
}
if header "content-language" "nl" {
  if filter "translator" ["nl", "en"] {
    fileinto "Translated";
    stop;
  }
}
if envelope :localpart :matches "to" "*" {
  set "recipient" "${1}";
}
if execute :output "vacation_message" "onvacation" "${recipient}" {
  vacation "${vacation_message}";
}
