#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""lastmile-sieve completion: the shells themselves complete words with it."""
import os
import re
import shutil
import subprocess
import unittest

from tool import ToolTest, main

PROGRAMS = "lastmile", "lastmile-sieve"


def needs(shell):
    return unittest.skipUnless(shutil.which(shell), shell + " is not installed")


class Completion(ToolTest):
    def script(self, shell, program):
        done = self.run_tool("completion", shell, program)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        return done.stdout.decode()

    def shell(self, *command):
        done = subprocess.run(command, cwd=self.directory.name, capture_output=True, text=True, timeout=60, check=False,
                              env={"HOME": self.directory.name, "PATH": os.environ["PATH"]})
        self.assertEqual(done.stderr, "")
        return done.stdout.splitlines()

    def options(self, subcommand):
        """As the help has them."""
        return set(re.findall(r"^  ...? +(--[a-z-]+)", self.run_tool(subcommand, "--help").stdout.decode(), re.M))

    def bash(self, *words):
        function = "_" + words[0].replace("-", "_")
        script = self.script("bash", words[0]) + f'COMP_WORDS=("$@")\nCOMP_CWORD={len(words) - 1}\n{function}\n' \
            'printf "%s\\n" "${COMPREPLY[@]}"'
        return self.shell("bash", "-c", script, "bash", *words)

    @needs("bash")
    def test_bash(self):
        self.assertEqual(self.bash("lastmile-sieve", "ex"), ["explain", "extensions"])
        self.assertEqual(self.bash("lastmile-sieve", "check", "--w"), ["--warnings-as-errors"])
        self.assertEqual(self.bash("lastmile-sieve", "run", "--set", "x", "--show"), ["--show-mail"])
        self.assertEqual(self.bash("lastmile-sieve", "check", "file"), [""])
        self.assertEqual(self.bash("lastmile", "--quota-f"), ["--quota-full="])
        self.assertEqual(self.bash("lastmile", "--sieve_vacation_min"), ["--sieve_vacation_min_period="])
        for subcommand in "check", "run", "filter", "test":
            with self.subTest(subcommand):
                self.assertEqual({word.rstrip("=") for word in self.bash("lastmile-sieve", subcommand, "--")},
                                 self.options(subcommand) | {"--help"})

    @needs("fish")
    def test_fish(self):
        def complete(program, line):
            self.file("script", self.script("fish", program))
            return self.shell("fish", "--no-config", "-c", f"source script; complete -C '{line}'")

        self.assertEqual(complete("lastmile-sieve", "lastmile-sieve chec"),
                         ["check\tcompile scripts and show what is wrong with them"])
        self.assertEqual(complete("lastmile-sieve", "lastmile-sieve check --js"),
                         ["--json\tone JSON array of objects, for editors"])
        self.assertEqual(complete("lastmile", "lastmile --quota-f"), ["--quota-full\tsetting, by default tempfail"])

    @needs("zsh")
    def test_zsh_reads_it(self):
        for program in PROGRAMS:
            self.file("script", self.script("zsh", program))
            self.assertEqual(self.shell("zsh", "-f", "-n", "script"), [])

    def test_zsh_specifications(self):
        lines = self.script("zsh", "lastmile-sieve").splitlines()
        self.assertEqual(lines[0], "#compdef lastmile-sieve")
        self.assertIn("      '*'{-u+,--user=}'[warn of redirects to it; can be given again]'':ADDRESS:_files' \\", lines)
        self.assertIn("      '*'--now='[the time of the delivery\\: 2026-11-21T10\\:15\\:00Z]'':DATE:_files' \\", lines)
        self.assertIn("      '*'{-f+,--from=}'[the envelope'\\''s sender, <> for none]'':ADDRESS:_files' \\", lines)

    def test_mistakes(self):
        usage = "usage: lastmile-sieve completion SHELL PROGRAM\n"
        for arguments, fault in (["csh", "lastmile"], "`csh' is none of bash, fish, zsh"), \
                (["bash", "procmail"], "`procmail' is neither lastmile nor lastmile-sieve"), \
                (["bash"], "arguments are missing"), (["bash", "lastmile", "x"], "a shell and a program are wanted"):
            self.expect(["completion", *arguments], 64, "", f"lastmile-sieve: completion: {fault}\n" + usage)


if __name__ == "__main__":
    main()
