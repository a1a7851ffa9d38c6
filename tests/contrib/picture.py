#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""contrib/demo/picture: what a command writes to a terminal, as SVG."""
import os
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as tree

PICTURE = os.path.abspath(sys.argv[1])
SVG = "{http://www.w3.org/2000/svg}"


class Picture(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory(prefix="lastmile-picture-")
        self.addCleanup(directory.cleanup)
        self.file = os.path.join(directory.name, "x.svg")

    def draw(self, script, *options):
        return subprocess.run([PICTURE, self.file, *options, "--", "sh", "-c", script], capture_output=True, text=True,
                              timeout=60, check=False)

    def rows(self, script, *options):
        done = self.draw(script, *options)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return [[(part.get("fill"), part.get("font-weight"), "".join(part.itertext()))
                 for part in row.iter() if part is row and row.text or part is not row]
                for row in tree.parse(self.file).iter(SVG + "text")]

    def test_a_terminal_is_what_the_command_sees(self):
        self.assertEqual(self.rows("test -t 1 && echo yes", "--shown", "me"),
                         [[(None, "bold", "$ me")], [(None, None, "yes")]])

    def test_colours_and_special_characters(self):
        self.assertEqual(self.rows(r"printf '\033[32m<a&b>\033[0m\n\033[1mx\033[0m\n'")[1:],
                         [[("#98c379", None, "<a&b>")], [(None, "bold", "x")]])

    def test_long_lines_are_folded(self):
        self.assertEqual([row[0][2] for row in self.rows("printf %0250d 0")[1:]], ["0" * 100, "0" * 100, "0" * 50])

    def test_a_part_of_it(self):
        self.assertEqual([row[0][2] for row in self.rows("seq 9", "--from", "3", "--to", "6")[1:]], ["3", "4", "5"])

    def test_no_picture_of_a_failure(self):
        done = self.draw("echo no; exit 3")
        self.assertEqual((done.returncode, done.stderr), (1, "picture: the command ended with 3: no\n\n"))
        self.assertFalse(os.path.exists(self.file))
        self.assertEqual(self.draw("echo no", "--from", "yes").returncode, 1)


if __name__ == "__main__":
    result = unittest.main(argv=[sys.argv[0]], exit=False, verbosity=2).result
    failed = len(result.failures) + len(result.errors)
    sys.stderr.flush()
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
