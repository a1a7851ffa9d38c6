#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The configuration as an operator meets it: what is wrong is named, and nothing is delivered until it is right."""
import subprocess
import unittest

import support


class Config(unittest.TestCase):
    def setUp(self):
        self.world = support.World()
        self.addCleanup(self.world.close)
        self.file = self.world.path("lastmile.conf")

    def run_with(self, text, *options, given=b""):
        with open(self.file, "w", encoding="utf-8") as file:
            file.write(text)
        return subprocess.run([support.BINARY, "-c", self.file, *options], input=given, capture_output=True, timeout=20)

    def test_print_config_loads_again(self):
        first = self.run_with("jobs = 7\nusers = dir:/srv/mail/{user}\n", "--print-config", "--timeout=1m")
        self.assertEqual(first.returncode, 0)
        self.assertIn(b"\njobs = 7\n", first.stdout)
        self.assertIn(b"\ntimeout = 1m\n", first.stdout)
        second = self.run_with(first.stdout.decode(), "--print-config")
        self.assertEqual((second.returncode, second.stdout), (0, first.stdout))

    def test_check_config(self):
        good = self.run_with("# nothing but a comment\n", "--check-config")
        self.assertEqual((good.returncode, good.stdout, good.stderr), (0, b"", b""))
        bad = self.run_with("\njobz = 3\nfsync = maybe\n", "--check-config")
        self.assertEqual(bad.returncode, 78)
        self.assertEqual(bad.stderr.decode().splitlines(),
                         [f"{self.file}:2: unknown key 'jobz'; did you mean 'jobs'?",
                          f"{self.file}:3: fsync: expected yes or no"])

    def test_check_config_judges_what_only_the_machine_knows(self):
        bad = self.run_with("mail-group = there-is-no-such-group\n", "--check-config")
        self.assertEqual(bad.returncode, 78)
        self.assertIn(b"there-is-no-such-group", bad.stderr)

    def test_a_client_hears_421(self):
        session = self.run_with("jobz = 3\n", given=b"LHLO x\r\nQUIT\r\n")
        self.assertEqual(session.returncode, 78)
        self.assertRegex(session.stdout, rb"\A421 4\.3\.5 [^\r\n]+\r\n\Z")

    def test_a_wrong_option_is_no_better(self):
        session = self.run_with("", "--jobz=3", given=b"LHLO x\r\nQUIT\r\n")
        self.assertEqual(session.returncode, 78)
        self.assertRegex(session.stdout, rb"\A421 4\.3\.5 ")
        self.assertIn(b"did you mean 'jobs'", session.stderr)

    def test_a_named_file_must_exist(self):
        missing = subprocess.run([support.BINARY, "-c", "/nonexistent/lastmile.conf", "--check-config"],
                                 capture_output=True, timeout=20)
        self.assertEqual(missing.returncode, 78)
        self.assertIn(b"/nonexistent/lastmile.conf: No such file", missing.stderr)

    def test_version_and_help_need_no_settings(self):
        for option, begin in (("--version", b"lastmile "), ("--help", b"lastmile ")):
            told = self.run_with("jobz = 3\n", option)
            self.assertEqual(told.returncode, 0)
            self.assertTrue(told.stdout.startswith(begin))


if __name__ == "__main__":
    support.main()
