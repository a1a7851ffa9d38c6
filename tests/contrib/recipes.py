#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Recipes as people write them, and the script that procmail2sieve has to make of each: recipes/NAME.rc and NAME.sieve.
`recipes.py LASTMILE-SIEVE --write' writes down what it makes now, for a person to judge."""
import functools
import glob
import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.join(HERE, "..", "integration"))
import support  # noqa: E402

CONVERTER = os.path.join(HERE, "..", "..", "contrib", "procmail2sieve")
RECIPES = sorted(glob.glob(os.path.join(HERE, "recipes", "*.rc")))


@functools.cache
def convert(*arguments):
    return subprocess.run([sys.executable, CONVERTER, "--set=HOME=/home/alice", "--set=LOGNAME=alice", *arguments],
                          capture_output=True, encoding="utf-8", check=False)


def expected_of(rc):
    with open(rc.removesuffix("rc") + "sieve", encoding="utf-8", newline="") as file:
        return file.read()


def reports(script):
    """The remarks of a script, as they have to stand on standard error."""
    lines = [line.strip().removeprefix("# ") for line in script.splitlines()]
    return [line.lower() for line in lines if line.startswith(("NOTE line ", "UNTRANSLATED line "))]


class Recipes(unittest.TestCase):
    maxDiff = None

    def test_there_are_enough(self):
        self.assertGreaterEqual(len(RECIPES), 30)

    def test_reports(self):
        for rc in RECIPES:
            with self.subTest(os.path.basename(rc)):
                done = convert(rc)
                self.assertEqual(done.returncode, 1 if "UNTRANSLATED" in done.stdout else 0)
                told = [line.split(": ", 2)[2].lower() for line in done.stderr.splitlines()]
                told = [f"{kind} {line}: {text}" for line, kind, text in (entry.split(": ", 2) for entry in told)]
                self.assertEqual(sorted(told), sorted(reports(done.stdout)))

    def test_checked(self):
        scripts = [rc.removesuffix("rc") + "sieve" for rc in RECIPES]
        done = subprocess.run([support.BINARY, "check", *scripts], capture_output=True, encoding="utf-8", check=False)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_every_line_is_accounted_for(self):
        """Each line of a recipe stands in a comment, translated or not."""
        for rc in RECIPES:
            with self.subTest(os.path.basename(rc)), open(rc, encoding="utf-8") as source:
                script = expected_of(rc)
                for number, line in enumerate(source, 1):
                    if line.strip().startswith(("*", ":")):
                        self.assertIn(f"line {number}:", script)

    def test_usage(self):
        self.assertEqual(convert("/nonexistent/rc").returncode, 2)
        self.assertEqual(convert().returncode, 2)
        self.assertIn("UNTRANSLATED", convert("--help").stdout)


def case(rc):
    def test(self):
        self.assertEqual(convert(rc).stdout, expected_of(rc))
    return test


for path in RECIPES:
    setattr(Recipes, "test_" + os.path.basename(path).removesuffix(".rc").replace("-", "_"), case(path))


if __name__ == "__main__":
    if "--write" in sys.argv:
        for path in RECIPES:
            convert("-o", path.removesuffix("rc") + "sieve", path)
        sys.exit()
    support.main()
