#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Scripts made to hurt, through the real program: a clear error in the log, little time and memory, mail in the INBOX."""
import glob
import os
import subprocess
import unittest

import support

PLAIN = b"From: Ben <ben@example.org>\nSubject: hello\n\nFrom here to there.\n"
# What counts is the processor's time: the machine may be busy with other things. Bounds are generous, for sanitizers.
MOST_SECONDS = 20
MOST_KILOBYTES = 1024 * 1024 if os.environ.get("ASAN_OPTIONS") else 256 * 1024


def parts(count):
    part = b"--b\nContent-Type: text/plain\n\nx\n"
    return b"From: ben@example.org\nContent-Type: multipart/mixed; boundary=b\n\n" + part * count + b"--b--\n"


class Hostile(unittest.TestCase):
    def setUp(self):
        self.world = support.World()
        self.addCleanup(self.world.close)

    def include(self, name, script):
        directory = os.path.join(self.world.home("anne"), "sieve")
        os.makedirs(directory, exist_ok=True)
        with open(os.path.join(directory, name + ".sieve"), "w", encoding="utf-8") as file:
            file.write(script)
        self.world.give(os.path.join(directory, name + ".sieve"))
        self.world.give(directory)

    def run_measured(self, message, user):
        """Exit status, log, and what it and its children used."""
        path = self.world.path("message")
        with open(path, "wb") as file:
            file.write(message)
        with open(path, "rb") as file, open(self.world.path("log"), "w+b") as log:
            command = self.world.command("--deliver", user, "-f", "ben@example.org", "--log=stderr")
            process = subprocess.Popen(command, stdin=file, stdout=log, stderr=log)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            log.seek(0)
            return process.returncode, log.read().decode("utf-8", "replace"), usage

    def deliver(self, wanted, script=None, message=PLAIN, user="anne"):
        """The message is kept as it came; `wanted` is in the log, or nothing is amiss there if it is empty."""
        if script is not None:
            self.world.user(user, script)
        status, log, usage = self.run_measured(message, user)
        self.assertEqual(status, 0, log)
        self.assertIn(wanted, log)
        if not wanted:
            self.assertNotIn("error", log)
        (stored,) = glob.glob(os.path.join(self.world.home(user), "Maildir", "new", "*"))
        with open(stored, "rb") as file:
            self.assertTrue(file.read().endswith(message))
        self.assertEqual(glob.glob(os.path.join(self.world.home(user), "Maildir", ".*", "new", "*")), [])
        self.assertLess(usage.ru_utime + usage.ru_stime, MOST_SECONDS)
        self.assertLess(usage.ru_maxrss, MOST_KILOBYTES)
        print(f"{usage.ru_utime + usage.ru_stime:.2f} s, {usage.ru_maxrss // 1024} MB", end=" ... ", flush=True)

    def test_deeply_nested_blocks(self):
        self.deliver("blocks are nested deeper than", "if true {" * 50000)

    def test_deeply_nested_tests(self):
        self.deliver("tests are nested deeper than", "if " + "not " * 100000 + "true { discard; }")

    def test_a_million_lines(self):
        self.deliver("too large", "keep;\n" * 1000000)

    def test_includes_in_a_ring(self):
        self.world.user("anne", 'require "include"; include "one"; discard;')
        self.include("one", 'require "include"; include "two";')
        self.include("two", 'require "include"; include "one";')
        self.deliver("include")

    def test_includes_that_double(self):
        self.world.user("anne", 'require "include"; include "s0"; include "s0";')
        for i in range(9):
            self.include(f"s{i}", f'require "include"; include "s{i + 1}"; include "s{i + 1}";')
        self.include("s9", "keep;")
        self.deliver("")

    def test_globs(self):
        stars = ["*a" * 1000 + "b"] + ["*" + "a" * i + "*b" for i in range(1, 900)]
        marks = ["*?" + "a" * i + "b" for i in range(1, 900)]  # nothing can be looked for behind the star
        for i, (wanted, patterns) in enumerate((("", stars), ("steps of work", marks))):
            with self.subTest(patterns[0][:10]):
                self.deliver(wanted, 'if header :matches "subject" ["' + '", "'.join(patterns) + '"] { discard; }',
                             b"Subject: " + b"a" * 300000 + b"\n\nx\n", f"user{i}")

    def test_regular_expressions(self):
        for i, pattern in enumerate(("(a+)+c", "(a|aa)+c", "(.*)*c", "(a*)*(a*)*(a*)*c", "((a+)+)+c")):
            with self.subTest(pattern):
                self.deliver("regular expression", f'require "regex"; if header :regex "subject" "^{pattern}" {{ discard; }}',
                             b"Subject: " + b"a" * 5000 + b"!\n\nx\n", f"user{i}")

    def test_many_regular_expressions(self):
        for i, pattern in enumerate(("^(a|a)+[cd]", "a*[bc]", "a*+[bc]")):
            with self.subTest(pattern):
                self.deliver("steps of work", "require \"regex\";" + f'if header :regex "subject" "{pattern}" {{ discard; }}' * 10000,
                             b"Subject: " + b"a" * 1000 + b"!\n\nx\n", f"user{i}")

    def test_addresses_and_encoded_words(self):
        addresses, words = b"To: " + b"a@b," * 10000, b"To: " + b"=?utf-8?q?a?= " * 60000
        cases = (('address "to"', addresses, "steps of work"), ('header :contains "to"', words, "steps of work"),
                 ('header "to"', words, ""))  # decoded once, and to compare lengths costs nothing
        for i, (test, field, wanted) in enumerate(cases):
            with self.subTest(test):
                self.deliver(wanted, f'if {test} "zzz" {{ discard; }}' * 20000, field + b"\n\nx\n", f"user{i}")

    def test_edits_that_undo_what_was_read(self):
        for i, test in enumerate(('address "to" "zzz"', 'body :contains "zzz"', 'header :mime :anychild "x" "y"')):
            with self.subTest(test):
                self.deliver("steps of work", 'require ["editheader", "body", "mime"];' + f'addheader "x" "z"; if {test} {{ discard; }}' * 15000,
                             b"To: " + b"a@b," * 10000 + b"\n" + parts(5000), f"user{i}")

    def test_large_includes(self):
        self.world.user("anne", 'require "include";' + "".join(f'include "s{i}";' for i in range(20)))
        for i in range(20):
            self.include(f"s{i}", "keep;" * 200000)
        self.deliver("larger than")

    def test_loops_of_every_kind(self):
        replace = 'foreverypart { if not header :mime :type "content-type" "multipart" { replace "y"; } }'
        for i, commands in enumerate((replace, 'enclose "x";' * 20000, 'foreverypart { addheader "x" "y"; }',
                                      'addflag ["' + '", "'.join(f"f{n}" for n in range(100000)) + '"];')):
            with self.subTest(commands[:40]):
                self.deliver("steps of work", 'require ["foreverypart", "mime", "replace", "enclose", "editheader", "imap4flags"];' + commands,
                             parts(8000), f"user{i}")

    def test_variables_that_double(self):
        self.deliver("", 'require "variables"; set "a" "' + "x" * 4000 + '";' + 'set "a" "${a}${a}${a}${a}";' * 5000)

    def test_a_huge_string_of_variables(self):
        self.deliver("becomes longer than", 'require ["variables", "reject"]; set "a" "' + "x" * 4096 + '"; reject "' +
                     "${a}" * 100000 + '";')

    def test_ten_thousand_actions(self):
        self.deliver("number of actions exceeds policy limit", 'require ["fileinto", "mailbox"];' + "".join(
            f'fileinto :create "x{i}";' for i in range(10000)))

    def test_vacation_among_many_addresses(self):
        own = '", "'.join(f"a{i}@example.net" for i in range(40000))
        self.deliver("no address of the user is among its addressees",
                     f'require "vacation"; vacation :addresses ["{own}"] "Away.";',
                     b"To: " + b"b@example.org, " * 9999 + b"b@example.org\n\nx\n")

    def test_ten_thousand_redirects(self):
        self.deliver("number of redirect actions exceeds policy limit", "".join(
            f'redirect "a{i}@example.org";' for i in range(10000)))

    def test_loops_in_loops(self):
        script = 'require ["foreverypart", "mime", "replace"];' + "foreverypart {" * 4 + \
            'if header :mime :anychild :contains "x" "y" { discard; }' + "}" * 4
        self.deliver("", script, parts(2000))

    def test_replacing_every_part(self):
        self.deliver("more than", 'require ["foreverypart", "replace", "enclose"];' + 'enclose "x";' * 100 +
                     'foreverypart { replace "' + "y" * 100000 + '"; }' + 'enclose "x";' * 20000, parts(3000))


if __name__ == "__main__":
    support.main()
