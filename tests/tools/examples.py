#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""lastmile-sieve check on the examples of the RFCs: they compile, but for mistakes and what is not done here."""
import glob
import os
import re

from tool import ToolTest, main

EXAMPLES = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "sieve", "examples"))


def scripts(*parts):
    found = sorted(glob.glob(os.path.join(EXAMPLES, *parts, "*.sieve")))
    assert found, "the examples are not where they belong"
    return found


class Examples(ToolTest):
    def test_every_example_compiles(self):
        for path in scripts():
            with self.subTest(os.path.basename(path)):
                done = self.run_tool("check", path)
                self.assertEqual(done.returncode, 0, done.stdout.decode())
                self.assertNotIn(b": error: ", done.stdout)

    def test_mistakes_and_what_is_not_here_are_refused(self):
        for path in scripts("refused"):
            with self.subTest(os.path.basename(path)):
                done = self.run_tool("check", path)
                self.assertEqual(done.returncode, 1)
                self.assertRegex(done.stdout, re.escape(path).encode() + rb":\d+:\d+: error: ")

    def test_no_rfc_is_missing(self):
        rfcs = {match.group(1) for path in scripts()
                if (match := re.match(r"(rfc\d+|draft|vendor)-", os.path.basename(path)))}
        self.assertEqual(rfcs, {"draft", "vendor"} | {"rfc" + number for number in (
            "3894 5173 5183 5228 5229 5230 5231 5232 5233 5235 5260 5293 5429 5435 5436 5490 5703 6009 6131 6134 "
            "6558 6609 7352 8579 8580 9042").split()})


if __name__ == "__main__":
    main()
