require "vnd.dovecot.report";
report "a b" "text" "abuse@example.org";
report "" "text" "abuse@example.org";
report "abuse" "text" "nobody";
report "abuse" "text";
report :body_only "abuse" "text" "abuse@example.org";
