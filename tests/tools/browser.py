#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""lastmile-sieve run --html: the page as a browser shows it."""
import os
import shutil
import struct
import subprocess
import unittest
import zlib

from tool import ToolTest, main

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

SCRIPT = """
    require "fileinto";
    if header :contains "subject" "lists" {
        fileinto "Lists";
    } else {
        keep;
    }
    """

DECIDING = (0xff, 0xf3, 0xc4)  # the background of the line that decided
SEEN = (0xe8, 0xf0, 0xfb)      # of the field that a test saw
OUTCOME = (0xee, 0xf6, 0xee)


def pixels(png):
    """The rows of an 8-bit RGB or RGBA image, each a list of (red, green, blue); PNG section 9."""
    at, data = 8, b""
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at:at + 8])
        if kind == b"IHDR":
            width, _, depth, colours = struct.unpack(">IIBB", png[at + 8:at + 18])
        if kind == b"IDAT":
            data += png[at + 8:at + 8 + size]
        at += size + 12
    assert depth == 8 and colours in (2, 6)
    octets = 3 if colours == 2 else 4
    raw, stride = zlib.decompress(data), width * octets
    before, rows = bytearray(stride), []
    for start in range(0, len(raw), stride + 1):
        row = bytearray(raw[start + 1:start + 1 + stride])
        for i in range(stride if raw[start] else 0):
            left, corner = (row[i - octets], before[i - octets]) if i >= octets else (0, 0)
            up = before[i]
            row[i] = (row[i] + (0, left, up, (left + up) // 2, nearest(left, up, corner))[raw[start]]) & 255
        rows.append([tuple(row[i:i + 3]) for i in range(0, stride, octets)])
        before = row
    return rows


def nearest(left, up, corner):
    """The Paeth predictor."""
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))


def box(rows, colour):
    """The first and last column and row that have it; nothing if none has."""
    found = [(x, y) for y, row in enumerate(rows) for x, pixel in enumerate(row) if pixel == colour]
    return found and (min(x for x, _ in found), max(x for x, _ in found),
                      min(y for _, y in found), max(y for _, y in found))


@unittest.skipUnless(CHROMIUM, "chromium is not installed")
class Browser(ToolTest):
    def setUp(self):
        super().setUp()
        self.file("s.sieve", SCRIPT)
        self.file("m.eml", "From: alice@example.org\nSubject: lists <script>document.body.remove()</script>\n\nHello\n")
        self.assertEqual(self.run_tool("run", "--html=page.html", "s.sieve", "m.eml").returncode, 0)

    def shown(self, width, height, *options):
        command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *options,
                   f"--user-data-dir={self.directory.name}/profile", f"--window-size={width},{height}",
                   "--screenshot=page.png", "page.html"]
        try:
            subprocess.run(command, cwd=self.directory.name, capture_output=True, timeout=100, check=True,
                           env={"HOME": self.directory.name, "PATH": os.environ["PATH"]})
        except subprocess.TimeoutExpired:
            self.skipTest("chromium does not come to an end here")
        with open(os.path.join(self.directory.name, "page.png"), "rb") as file:
            return pixels(file.read())

    def test_script_and_message_stand_beside_each_other(self):
        rows = self.shown(1000, 500)
        line, field = box(rows, DECIDING), box(rows, SEEN)
        self.assertTrue(box(rows, OUTCOME) and line and field)
        self.assertLess(line[1], field[0])
        self.assertEqual(self.shown(1000, 500, "--blink-settings=scriptEnabled=false"), rows)

    def test_a_narrow_window_has_them_below_each_other(self):
        rows = self.shown(500, 700)  # no window of the browser is narrower
        line, field = box(rows, DECIDING), box(rows, SEEN)
        self.assertTrue(line and field)
        self.assertLess(line[3], field[2])
        self.assertLess(max(line[1], field[1]), 500 - 5)


if __name__ == "__main__":
    main()
