#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""lastmile-sieve test: what it prints and writes for people and for programs."""
import os
import re
import shutil
import subprocess
import unittest
import xml.etree.ElementTree

from tool import ToolTest, main, text

TESTS = r"""
    require "vnd.dovecot.testsuite";

    test "files a list's mail" {
        test_set "message" text:
    Subject: lists
    .
    ;
        if not test_script_compile "s.sieve" { test_fail "it does not compile"; }
        if not test_script_run { test_fail "it does not run"; }
    }
    test "<&> \"quoted\" # not a comment" {
        if not test_script_run { test_fail "no"; }
        test_fail "it's < that & \"this\"";
    }
    """

SCRIPT = """
    require ["fileinto", "include"];
    # Lists have a folder.
    if header :contains "subject" "lists" {
        fileinto "Lists"; stop;
    } elsif header :contains "subject" "shop" {
        discard;
    } else {
        keep;
    }
    include "more";
    """

COVERAGE = """
    s.sieve
                  1  require ["fileinto", "include"];
                  2  # Lists have a folder.
            2     3  if header :contains "subject" "lists" {
      not run        - column 4: the test was never false
            2     4      fileinto "Lists"; stop;
      not run     5  } elsif header :contains "subject" "shop" {
      not run     6      discard;
      not run     7  } else {
      not run     8      keep;
                  9  }
      not run    10  include "more";
    3 of 6 commands, 1 of 4 branches

    included/more.sieve
      not run     1  if true { keep; }
      not run        - column 11: keep
    0 of 2 commands, 0 of 2 branches

    coverage: 3 of 8 commands, 1 of 6 branches: 28 per cent
    """


class Test(ToolTest):
    def setUp(self):
        super().setUp()
        self.file("t.svtest", TESTS)
        self.file("s.sieve", SCRIPT)
        self.file("included/more.sieve", "if true { keep; }\n")

    def read(self, name):
        with open(os.path.join(self.directory.name, name), encoding="utf-8") as file:
            return file.read()

    def test_for_people(self):
        self.expect(["test", "t.svtest"], 1, """
             1: Test 'files a list's mail' SUCCEEDED
             2: Test '<&> "quoted" # not a comment' FAILED: it's < that & "this"
            FAIL: 1 of 2 tests failed.

            1 passed, 1 failed
            """.replace("\n            ", "\n")[1:])

    def test_coverage(self):
        done = self.run_tool("test", "--coverage", "t.svtest")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout.decode().split("failed.\n\n")[1], text(COVERAGE) + "1 passed, 1 failed\n")

    def test_coverage_counts_a_script_once(self):
        self.file("u.svtest", 'require "vnd.dovecot.testsuite";\ntest "shop" {\n'
                              'test_set "message" "Subject: shop\n\n";\n'
                              'if not test_script_compile "./s.sieve" {test_fail "no";}\n'
                              'if not test_script_run {test_fail "no";}\n}\n')
        done = self.run_tool("test", "--coverage", "t.svtest", "u.svtest")
        lines = done.stdout.decode().splitlines()
        self.assertEqual(lines.count("s.sieve"), 1)
        self.assertIn("        3     3  if header :contains \"subject\" \"lists\" {", lines)
        self.assertIn("        1     6      discard;", lines)
        self.assertIn("        1    10  include \"more\";", lines)
        self.assertEqual(lines[-2], "coverage: 7 of 8 commands, 4 of 6 branches: 78 per cent")

    def test_coverage_of_nothing(self):
        self.file("t.svtest", 'require "vnd.dovecot.testsuite"; test "a" { keep; }')
        self.expect(["test", "--coverage", "t.svtest"], 0, """
             1: Test 'a' SUCCEEDED
            PASS: 1 tests succeeded.

            coverage: no script was tested
            1 passed, 0 failed
            """.replace("\n            ", "\n")[1:])

    def test_scripts_that_do_not_compile_do_not_count(self):
        self.file("bad.sieve", 'require "include"; include "more"; frob;')
        self.file("t.svtest", 'require "vnd.dovecot.testsuite"; if test_script_compile "bad.sieve" {}')
        self.assertIn(b"\ncoverage: no script was tested\n", self.run_tool("test", "--coverage", "t.svtest").stdout)

    def test_tap(self):
        self.expect(["test", "--tap", "t.svtest"], 1, r"""
            TAP version 13
            ok 1 - t.svtest: files a list's mail
            not ok 2 - t.svtest: <&> "quoted" \# not a comment
            # it's < that & "this"
            1..2
            # 1 passed, 1 failed
            """)

    def test_tap_with_coverage(self):
        done = self.run_tool("test", "--tap", "--coverage", "t.svtest")
        after = done.stdout.decode().split("1..2\n")[1]
        self.assertEqual(re.sub("^# ?", "", after, flags=re.M), text(COVERAGE) + "1 passed, 1 failed\n")

    @unittest.skipUnless(shutil.which("prove"), "prove is not installed")
    def test_tap_is_understood(self):
        done = self.run_tool("test", "--tap", "--coverage", "t.svtest")
        self.file("tap", done.stdout)
        prove = subprocess.run(["prove", "-v", "--exec", "cat", "tap"], cwd=self.directory.name, text=True,
                               capture_output=True, timeout=60, check=False)
        self.assertRegex(prove.stdout, r"Failed test:  2\n")
        self.assertNotIn("Parse errors", prove.stdout)

    def test_junit(self):
        done = self.run_tool("test", "--junit=j.xml", "t.svtest")
        self.assertEqual(done.stdout.splitlines()[-1], b"1 passed, 1 failed")
        self.assertEqual(re.sub(r'time="\d+\.\d{6}"', 'time="T"', self.read("j.xml")), text("""
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites tests="2" failures="1" errors="0" time="T">
              <testsuite name="t.svtest" tests="2" failures="1" errors="0" time="T">
                <testcase classname="t.svtest" name="files a list's mail" time="T"/>
                <testcase classname="t.svtest" name="&lt;&amp;&gt; &quot;quoted&quot; # not a comment" time="T">
                  <failure message="it's &lt; that &amp; &quot;this&quot;"/>
                </testcase>
              </testsuite>
            </testsuites>
            """))

    def test_junit_of_a_file_that_does_not_compile(self):
        self.file("t.svtest", "frob;")
        done = self.run_tool("test", "--junit=j.xml", "t.svtest", "missing.svtest")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(re.sub(r'time="\d+\.\d{6}"', 'time="T"', self.read("j.xml")), text("""
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites tests="2" failures="0" errors="2" time="T">
              <testsuite name="t.svtest" tests="1" failures="0" errors="1" time="T">
                <testcase classname="t.svtest" name="t" time="T">
                  <error message="failed to compile the test file"/>
                </testcase>
                <system-err>t: line 1: error: unknown command `frob'
            </system-err>
              </testsuite>
              <testsuite name="missing.svtest" tests="1" failures="0" errors="1" time="T">
                <testcase classname="missing.svtest" name="missing" time="T">
                  <error message="failed to compile the test file"/>
                </testcase>
                <system-err>missing.svtest: error: cannot be read: No such file or directory
            </system-err>
              </testsuite>
            </testsuites>
            """))

    def test_hostile_names_are_well_formed(self):
        name = bytes(range(1, 9)) + b"\n\r\t\x0b\x1b\x7f<&>' \xff\xc3\xed\xa0\x80 \xef\xbf\xbe\xef\xbf\xbf " + "é😀]]>".encode()
        reason = b"\x01" + name
        self.file("t.svtest", b'require "vnd.dovecot.testsuite";\ntest "' + name + b'" { test_fail "' + reason + b'"; }')
        done = self.run_tool("test", "--junit=j.xml", "--tap", "t.svtest")
        self.assertEqual((done.returncode, done.stderr), (1, b""))
        case = xml.etree.ElementTree.parse(os.path.join(self.directory.name, "j.xml")).find("testsuite/testcase")
        shown = (r"\x01\x02\x03\x04\x05\x06\x07\x08\x0d\x0a\x0d\x09\x0b\x1b\x7f<&>' " + "\ufffd" * 5 +
                 " \ufffd\ufffd é😀]]>")
        self.assertEqual(case.get("name"), shown)
        self.assertEqual(case.find("failure").get("message"), r"\x01" + shown)
        self.assertEqual(len(done.stdout.splitlines()), 5)

    def test_blocks_that_are_to_fail(self):
        self.file("f.svtest", 'require "vnd.dovecot.testsuite"; test "a" { test_fail "x"; }')
        self.expect(["test", "--expect-failure", "--tap", "f.svtest", "t.svtest"], 1, r"""
            TAP version 13
            ok 1 - f.svtest: a
            not ok 2 - t.svtest: files a list's mail
            # it should have failed
            ok 3 - t.svtest: <&> "quoted" \# not a comment
            1..3
            # 2 passed, 1 failed
            """)

    def test_a_block_that_stops_or_dies(self):
        self.file("t.svtest", 'require "vnd.dovecot.testsuite"; test "a" { stop; }')
        self.file("u.svtest", 'require ["vnd.dovecot.testsuite", "variables"]; test "b" { redirect "${x}"; }')
        self.expect(["test", "--tap", "t.svtest", "u.svtest"], 1, """
            TAP version 13
            ok 1 - t.svtest: a
            not ok 2 - u.svtest: b
            # test script execution aborted due to error
            1..2
            # 1 passed, 1 failed
            """, "u: line 1: error: redirect: `' is no address\n")

    def test_a_file_without_blocks(self):
        self.file("t.svtest", 'require "vnd.dovecot.testsuite";')
        self.expect(["test", "--tap", "t.svtest"], 0, """
            TAP version 13
            ok 1 - t.svtest: (no test)
            1..1
            # 1 passed, 0 failed
            """)

    def test_a_report_that_cannot_be_written(self):
        done = self.run_tool("test", "--junit=no/where", "t.svtest")
        self.assertEqual((done.returncode, done.stderr),
                         (1, b"lastmile-sieve: test: open no/where: No such file or directory\n"))

    def test_trace_or_coverage(self):
        done = self.run_tool("test", "--trace", "--coverage", "t.svtest")
        self.assertEqual((done.returncode, done.stdout), (64, b""))
        self.assertIn(b"--trace and --coverage cannot be given together\n", done.stderr)


if __name__ == "__main__":
    main()
