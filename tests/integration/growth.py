#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Messages built to be slow, delivered under a script that looks at everything: four times the message takes about four
times the processor time. What is quadratic would take sixteen times; the bound of eight leaves room for caches. It is the
time that the processes used, not the clock, and the least of several runs."""
import os
import resource
import subprocess
import unittest

import support

SCRIPT = """require ["fileinto", "mime", "foreverypart", "body", "variables", "relational", "comparator-i;ascii-numeric", "date",
    "imap4flags", "editheader", "duplicate"];
if address :all :contains ["from", "to", "cc"] "zzz" { addflag "a"; }
if address :localpart :count "gt" ["from", "to", "cc"] "100000000" { addflag "b"; }
if header :contains ["subject", "x-a", "content-type"] "zzz" { addflag "c"; }
if header :matches ["subject", "x-a"] "*a*a*a*z" { addflag "d"; }
if header :mime :anychild :contains "content-type" "zzz" { addflag "e"; }
if header :mime :anychild :param "zzz" :contains "content-type" "zzz" { addflag "f"; }
if body :text :contains "zzz" { addflag "g"; }
if body :content "text" :matches "*a*a*z" { addflag "h"; }
if date :is "date" "year" "1999" { addflag "i"; }
foreverypart { if header :mime :contains "content-disposition" "zzz" { break; } }
deleteheader "X-B";
keep;
"""
MIME = b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"


def nested(count):
    """Multiparts inside each other, each with a boundary that looks like the next one's."""
    lines = [b"MIME-Version: 1.0\n"]
    for i in range(count):
        lines.append(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (i, i))
    return b"".join(lines)


FACTOR = 4  # of the sizes below: the smallest that take longer than starting the program
# name: the message of that size; the size to begin with
CASES = {
    "nested comments": (lambda n: b"To: " + b"(" * n + b")" * n + b" a@b\n\n", 200000),
    "open comments": (lambda n: b"To: " + b"(a@b, " * n + b"\n\n", 100000),
    "groups": (lambda n: b"To: " + b"g:a@b;," * n + b"\n\n", 250000),
    "addresses": (lambda n: b"To: " + b"a@b," * n + b"\n\n", 250000),
    "broken addresses": (lambda n: b"To: " + b"<\"a@<," * n + b"\n\n", 150000),
    "quoted strings": (lambda n: b"To: \"" + b"\\\"" * n + b"\n\n", 500000),
    "address fields": (lambda n: b"To: a@b, c@d\n" * n + b"\n", 25000),
    "fields": (lambda n: b"X-A: aaaa\n" * n + b"\n", 25000),
    "fields to be deleted": (lambda n: b"X-B: aaaa\n" * n + b"\n", 25000),
    "folded field": (lambda n: b"Subject: " + b"a\n " * n + b"\n\n", 250000),
    "encoded words": (lambda n: b"Subject: " + b"=?utf-8?q?a=C3?= " * n + b"\n\n", 40000),
    "words without end": (lambda n: b"Subject: " + b"=?utf-8?q?a" * n + b"\n\n", 60000),
    "glob": (lambda n: b"Subject: " + b"a" * n + b"\n\n", 500000),
    "parameters": (lambda n: b"Content-Type: text/plain" + b"; a=b" * n + b"\n\n", 100000),
    "parameters in pieces": (lambda n: b"Content-Type: text/plain" + b"".join(b"; a*%d*=b" % i for i in range(n)) + b"\n\n",
                             25000),
    "parts": (lambda n: MIME + b"--b\n\nx\n" * n + b"--b--\n", 25000),
    "parts of text": (lambda n: MIME + b"--b\nContent-Type: text/html\n\n<b>x\n" * n + b"--b--\n", 25000),
    "nested parts": (nested, 20000),
    "lines like delimiters": (lambda n: MIME + b"--b\n\n" + b"--bx\n--\n" * n, 200000),
    "entities": (lambda n: b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + b"&amp;&#x41;&x" * n, 100000),
    "tags": (lambda n: b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + b"<a <!-- <b>" * n, 100000),
    "base64": (lambda n: b"MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n" + b"YWFh\n" * n, 250000),
    "quoted-printable": (lambda n: b"MIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n" + b"=41=\n" * n,
                         250000),
    "dates": (lambda n: b"Date: " + b"(x) Mon, " * n + b"\n\n", 100000),
}


class Growth(unittest.TestCase):
    def setUp(self):
        self.world = support.World()
        self.addCleanup(self.world.close)
        self.world.user("anne", SCRIPT)

    def seconds(self, message):
        def once():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            done = subprocess.run(self.world.command("--deliver", "anne", "--log=stderr", "--size-limit=200M"), input=message,
                                  capture_output=True, timeout=120)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertNotIn(b"without scripts", done.stderr)
            self.assertNotIn(b": error: `", done.stderr)  # the script is one
            # Both: only their sum is measured, its parts are guessed from the clock's ticks.
            return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return min(once() for _ in range(3))

    def test_growth(self):
        for name, (make, size) in CASES.items():
            with self.subTest(name):
                small, large = self.seconds(make(FACTOR * size)), self.seconds(make(4 * FACTOR * size))
                print(f"{name}: {small * 1000:.1f} ms, {large * 1000:.1f} ms", flush=True)
                self.assertLess(large, 8 * small + 0.03)


if __name__ == "__main__":
    os.environ["LC_ALL"] = "C"
    support.main()
