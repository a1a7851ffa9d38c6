#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The examples of lastmile-sieve(7): there is one for each extension, it is right, and it runs."""
import os
import re

from tool import SOURCES, ToolTest, main

PAGE = os.path.join(SOURCES, "man", "lastmile-sieve.7")
MESSAGE = os.path.join(SOURCES, "contrib", "demo", "messages", "2-attachment.eml")
PROGRAMS = {"vnd.dovecot.execute", "vnd.dovecot.filter", "vnd.dovecot.pipe"}


def examples():
    """(names of the extensions, script) of each."""
    with open(PAGE, encoding="utf-8") as file:
        section = file.read().split(".Ss Every extension, by example\n")[1].split("\n.Ss ")[0]
    for item in section.split("\n.It ")[1:]:
        head, script = item.split("\n.Bd -literal -compact\n")
        yield re.findall(r"[\w.;-]+", head.split("\n")[0].split("Cm ")[1]), script.split(".Ed")[0].replace("\\e", "\\")


class Examples(ToolTest):
    def test_every_extension_has_one(self):
        named = {name for names, _ in examples() for name in names}
        rows = self.run_tool("extensions").stdout.decode().splitlines()[1:]
        self.assertEqual({row.split()[0] for row in rows} - named, set())
        for names, script in examples():
            for name in names:
                self.assertIn(f'"{name}"', script)

    def test_they_are_right_and_run(self):
        for names, script in examples():
            with self.subTest(", ".join(names)):
                self.file("a.sieve", script)
                if PROGRAMS & set(names):  # there is no directory of programs but in a test
                    self.file("a.svtest", 'require "vnd.dovecot.testsuite";\ntest "x" '
                              '{ if not test_script_compile "a.sieve" { test_fail "not compiled"; } }\n')
                    done = self.run_tool("test", "a.svtest")
                    self.assertEqual(done.returncode, 0, done.stdout.decode() + done.stderr.decode())
                    continue
                done = self.run_tool("check", "a.sieve")
                self.assertEqual(done.returncode, 0)
                self.assertEqual([line for line in done.stdout.decode().splitlines()
                                  if ": warning: " in line and "is an older form" not in line], [])
                done = self.run_tool("run", "-t", "alice@example.org", "--folder", "Archive", "--folder", "Bills",
                                     "a.sieve", MESSAGE)
                self.assertEqual((done.returncode, done.stderr), (0, b""), done.stdout.decode())


if __name__ == "__main__":
    main()
