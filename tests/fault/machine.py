#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Homes and disks as they should not be: usage: machine.py LASTMILE. A fault of the machine is a 4xx, with nothing to be
seen; once it is mended, the same message is delivered once."""
import os
import subprocess
import sys
import unittest

import place as places
import scenarios
from mailboxes import Maildir, Mbox, write
from scenarios import LARGE, MESSAGE

LASTMILE = os.path.abspath(sys.argv[1])
MBOX = ("--mail=mbox:~/mbox",)
SCENARIOS = {scenario.name: scenario for scenario in scenarios.SCENARIOS}
needs_root = unittest.skipIf(os.geteuid() != 0, "needs root")


class Machine(unittest.TestCase):
    def setUp(self):
        self.place = places.Place(LASTMILE)
        self.addCleanup(self.place.close)
        self.place.make_home("", [])

    def prepare(self, box):
        box.prepare(self.place.home)
        self.place.give()

    def deliver(self, message=MESSAGE, options=()):
        replies, _ = places.deliver(self.place, message, options)
        return places.final_code(replies)

    def waits(self, box, message=MESSAGE, options=()):
        """The client is to try again, and a reader sees nothing of it."""
        self.assertIn(self.deliver(message, options) // 10, (45,), self.place.log_text())
        found = box.find(self.place.home, message)
        self.assertEqual((found.whole, found.parts, found.problems), (0, 0, []))

    def arrives(self, box, message=MESSAGE, options=()):
        self.assertEqual(self.deliver(message, options), 250, self.place.log_text())
        found = box.find(self.place.home, message)
        self.assertEqual((found.whole, found.parts, found.problems), (1, 0, []))

    def found(self, scenario):
        boxes = [box.find(self.place.home, LARGE) for box in scenario.mailboxes]
        return [(box.whole, box.parts, box.problems) for box in boxes]

    def mount(self, *arguments, at=""):
        where = os.path.join(self.place.home, at)
        done = subprocess.run(["mount", *arguments, where], capture_output=True)
        if done.returncode:
            self.skipTest("cannot mount: " + done.stderr.decode())
        self.addCleanup(subprocess.run, ["umount", "-l", where], capture_output=True)

    def test_home_is_missing(self):
        box = Maildir("Maildir", fresh=True)
        os.rmdir(self.place.home)
        self.waits(box)
        os.mkdir(self.place.home)
        self.place.give()
        self.arrives(box)

    @needs_root
    def test_home_is_not_ours(self):
        box = Maildir("Maildir", fresh=True)
        os.chown(self.place.home, 0, 0)
        os.chmod(self.place.home, 0o755)
        self.waits(box)
        self.place.give()
        self.arrives(box)

    def test_home_is_a_symbolic_link(self):
        box = Maildir("Maildir")
        self.prepare(box)
        os.rename(self.place.home, self.place.path("elsewhere"))
        os.symlink("elsewhere", self.place.home)
        self.addCleanup(os.unlink, self.place.home)
        self.arrives(box)

    def test_home_may_not_be_written(self):
        for box, options in ((Maildir("Maildir", fresh=True), ()), (Mbox("mbox", fresh=True), MBOX)):
            with self.subTest(box=box.path):
                self.place.make_home("", [])
                self.place.give()
                os.chmod(self.place.home, 0o500)
                self.waits(box, options=options)
                os.chmod(self.place.home, 0o700)
                self.arrives(box, options=options)

    @needs_root
    def test_home_on_a_read_only_filesystem(self):
        box = Mbox("mbox")
        self.mount("-t", "tmpfs", "-o", "size=2m", "none")
        self.prepare(box)
        subprocess.run(["mount", "-o", "remount,ro", self.place.home], check=True)
        self.waits(box, options=MBOX)
        subprocess.run(["mount", "-o", "remount,rw", self.place.home], check=True)
        self.arrives(box, options=MBOX)

    def trackers_fail_softly(self, spoil, reason):
        """Whatever the trackers' filesystem is like: the mail is there, sent on and answered, and the log says why."""
        box, state = Maildir("Maildir"), os.path.join(self.place.home, ".lastmile")
        self.place.make_home('require ["duplicate", "vacation", "copy"]; if duplicate { discard; stop; } '
                             'redirect :copy "carl@example.net"; vacation "Away.";', [box])
        os.mkdir(state)
        self.mount("-t", "tmpfs", "-o", "size=32k,nr_inodes=6", "none", at=".lastmile")
        for kind in ("duplicate", "redirect", "vacation", "intent"):
            os.mkdir(os.path.join(state, kind))
        self.place.give()
        spoil(state)
        self.arrives(box)
        self.assertEqual(self.place.handed_over()[0][-len(MESSAGE):], MESSAGE)  # the answer needs a record, or it never ends
        self.assertEqual(len(self.place.handed_over()), 1)
        for what in ("a tracker cannot be written", "a record of intent cannot be written", "a vacation answer is not sent"):
            self.assertRegex(self.place.log_text(), f"{what} .*{reason}")
        subprocess.run(["umount", "-l", state], check=True)
        os.chown(state, self.place.uid, self.place.gid)
        self.assertEqual([(self.deliver(), box.find(self.place.home, MESSAGE).whole) for _ in range(2)],
                         [(250, 2), (250, 2)])  # nothing was remembered, now it is

    @needs_root
    def test_trackers_on_a_full_filesystem(self):
        def fill(state):
            write(state + "/filler", b"")
            self.assertRaises(OSError, write, state + "/another", b"")

        self.trackers_fail_softly(fill, "No space left")

    @needs_root
    def test_trackers_on_a_read_only_filesystem(self):
        def protect(state):
            subprocess.run(["mount", "-o", "remount,ro", state], check=True)

        self.trackers_fail_softly(protect, "Read-only file system")

    @needs_root
    def test_disk_fills_up_in_the_middle(self):
        for box, options in ((Maildir("Maildir"), ()), (Mbox("mbox"), MBOX)):
            with self.subTest(box=box.path):
                self.place.make_home("", [])
                self.mount("-t", "tmpfs", "-o", "size=200k", "none")
                self.prepare(box)
                self.waits(box, LARGE, options)
                subprocess.run(["mount", "-o", "remount,size=2m", self.place.home], check=True)
                self.arrives(box, LARGE, options)
                subprocess.run(["umount", "-l", self.place.home], check=True)

    @needs_root
    def test_disk_fills_up_at_a_later_copy(self):
        """An mbox that has its copy already loses it again when the Maildir beside it has no room."""
        mixed = SCENARIOS["mixed"]
        for size in ("500k", "900k"):  # one copy fits, two copies fit
            with self.subTest(size=size):
                self.place.make_home("", [])
                self.mount("-t", "tmpfs", "-o", "size=" + size, "none")
                write(self.place.home + "/.sieve", mixed.script.encode())
                for box in mixed.mailboxes:
                    self.prepare(box)
                self.assertEqual(self.deliver(LARGE, mixed.options), 452, self.place.log_text())
                self.assertEqual(self.found(mixed), [(0, 0, [])] * 3)
                subprocess.run(["mount", "-o", "remount,size=4m", self.place.home], check=True)
                self.assertEqual(self.deliver(LARGE, mixed.options), 250, self.place.log_text())
                self.assertEqual(self.found(mixed), [(1, 0, [])] * 3)
                subprocess.run(["umount", "-l", self.place.home], check=True)

    def test_a_file_may_not_grow(self):
        box = Maildir("Maildir")
        self.prepare(box)
        shell = ["sh", "-c", 'ulimit -f 64; exec "$@"', "sh"]  # blocks of 512 octets
        replies, _ = places.deliver(self.place, LARGE, (), shell)
        self.assertIn(places.final_code(replies), (452,), self.place.log_text())
        self.assertEqual(box.find(self.place.home, LARGE).whole, 0)
        self.arrives(box, LARGE)


def main():
    result = unittest.main(argv=[sys.argv[0]], exit=False, verbosity=2).result
    failed, skipped = len(result.failures) + len(result.errors), len(result.skipped)
    sys.stderr.flush()
    print(f"{max(result.testsRun - failed - skipped, 0)} passed, {failed} failed, {skipped} skipped")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
