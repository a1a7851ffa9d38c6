require ["enotify", "vacation", "copy", "vnd.dovecot.report"];
redirect :copy "one@example.net";
notify :message "told" "mailto:two@example.net,three@example.net?cc=four@example.net";
vacation :subject "away" "gone";
report "abuse" "why" "five@example.net";
redirect :copy "six@example.net";
