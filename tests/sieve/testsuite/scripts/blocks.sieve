require "vnd.dovecot.testsuite";

test "inner" {
	discard;
	test_fail "as expected";
}
keep;
