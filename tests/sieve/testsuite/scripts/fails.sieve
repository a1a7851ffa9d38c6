require "vnd.dovecot.testsuite";
test_fail "on purpose";
