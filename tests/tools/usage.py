#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""lastmile-sieve: help, mistakes of usage, and the table of extensions."""
import re
import subprocess

from tool import BINARY, EXTENSIONS, ToolTest, main

CHECK_USAGE = "usage: lastmile-sieve check [OPTION...] FILE...\n"


class Usage(ToolTest):
    def test_help(self):
        done = self.run_tool("--help")
        self.assertEqual(done.returncode, 0)
        lines = done.stdout.decode().splitlines()
        self.assertEqual(lines[0], "usage: lastmile-sieve SUBCOMMAND [ARGUMENT...]")
        self.assertIn("  check       compile scripts and show what is wrong with them", lines)
        self.assertLessEqual(len(lines), 24)
        self.assertTrue(all(len(line) <= 80 for line in lines))
        self.assertEqual(self.run_tool("help").stdout, done.stdout)

    def test_help_of_a_subcommand(self):
        self.expect(["check", "--help"], 0, CHECK_USAGE + """
compile scripts and show what is wrong with them

Options:
      --mail=LOCATION           warn of folders that are not there
  -u, --user=ADDRESS            warn of redirects to it; can be given again
      --programs=DIR            warn of programs that are not there
  -c, --config=FILE             lastmile.conf(5), for `programs'
      --set=KEY=VALUE           one of its settings
      --home=DIR                the user's home, else $HOME
  -W, --warnings-as-errors      exit with 1 for warnings too
      --json                    one JSON array of objects, for editors
  -q, --quiet                   say nothing: the exit status tells
""")
        self.expect(["run", "--help"], 0, """
usage: lastmile-sieve run [OPTION...] SCRIPT MESSAGE...

show what a script would do with messages

Options:
  -f, --from=ADDRESS            the envelope's sender, <> for none
  -t, --to=ADDRESS              the envelope's recipient
      --orig-to=ADDRESS         the recipient before any alias (ORCPT)
  -u, --user=NAME               the login name, else $USER
      --home=DIR                the user's home, else $HOME
  -c, --config=FILE             settings, scripts before and after
      --set=KEY=VALUE           a setting of lastmile.conf(5)
      --before=SCRIPT           runs before it; can be given again
      --after=SCRIPT            runs after it, while mail is kept
      --now=DATE                the time of the delivery: 2026-11-21T10:15:00Z
      --mail=LOCATION           the mailbox with its folders: maildir:PATH
      --folder=NAME             a folder that exists; can be given again
      --seen=ID                 an id that `duplicate' has met before
      --trace                   show every step: values, matches, results
      --show-mail               show the mails that would be sent
      --html=FILE               every step as a page for the browser
      --json                    one JSON array; with --trace every step too
""")

    def test_help_wherever_it_is_asked_for(self):
        shown = self.run_tool("check", "--help").stdout
        for arguments in ["-h"], ["file", "--help"], ["--json", "-h"]:
            self.assertEqual(self.run_tool("check", *arguments).stdout, shown)
        self.assertEqual(self.run_tool("check", "--", "--help").returncode, 1)

    def test_every_help_fits_a_screen(self):
        names = re.findall(r"^  (\w+) ", self.run_tool("--help").stdout.decode(), re.M)
        self.assertIn("run", names)
        for name in names:
            lines = self.run_tool(name, "--help").stdout.decode().splitlines()
            self.assertLessEqual(len(lines), 24, name)
            self.assertLessEqual(max(map(len, lines)), 80, name)

    def test_version(self):
        self.assertRegex(self.run_tool("--version").stdout.decode(), r"\Alastmile-sieve \d+\.\d+\.\d+\n\Z")

    def test_mistakes(self):
        def mistake(text, *arguments):
            self.expect(["check", *arguments], 64, "", f"lastmile-sieve: check: {text}\n" + CHECK_USAGE)

        mistake("arguments are missing")
        mistake("unknown option --jsn", "--jsn", "a")
        mistake("unknown option -x", "-qx", "a")
        mistake("option --json takes no value", "--json=1", "a")
        mistake("standard input can be read once alone", "-", "-")
        self.expect(["run", "a", "b", "--from"], 64, "", """
            lastmile-sieve: run: option --from wants ADDRESS
            usage: lastmile-sieve run [OPTION...] SCRIPT MESSAGE...
            """)

    def test_no_subcommand(self):
        for arguments, text in ([], "which subcommand?"), (["frob"], "there is no subcommand `frob'"):
            done = self.run_tool(*arguments)
            self.assertEqual((done.returncode, done.stdout), (64, b""))
            self.assertEqual(done.stderr, f"lastmile-sieve: {text}\n".encode() + self.run_tool("--help").stdout)

    def test_operands_that_look_like_options(self):
        self.file("--json", "keep;")
        self.expect(["check", "--", "--json"])

    def test_lost_output_is_an_error(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([BINARY, "extensions"], stdout=full, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr, b"lastmile-sieve: standard output: No space left on device\n")


class Extensions(ToolTest):
    def test_table(self):
        done = self.run_tool("extensions")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        head, *rows = done.stdout.decode().splitlines()
        self.assertRegex(head, r"\ACAPABILITY +RFC +STATE\Z")
        with open(EXTENSIONS, encoding="utf-8") as table:
            self.assertEqual(len(rows), len(re.findall(r"^EXTENSION\(", table.read(), re.M)))
        at = head.index("STATE")
        for row in rows:
            self.assertRegex(row, r"\A\S+ +\S.*\S  +\S")
        self.assertIn("complete", [row[at:] for row in rows if row.startswith("fileinto ")])

    def test_no_arguments(self):
        self.assertEqual(self.run_tool("extensions", "x").returncode, 64)


if __name__ == "__main__":
    main()
