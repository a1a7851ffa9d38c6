#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The power goes at a random moment of a delivery load: whatever had been answered 250 by then must be there, whole.

The load runs once on a disk that logs its requests (disk.py). Then, for each cut, a state is made that the disk can
have been found in, its file system is mounted, which replays the journal, and every mailbox is read. With
`fsync = no` the same must find losses, or it would prove nothing.
"""
import argparse
import ctypes
import glob
import os
import random
import shutil
import subprocess
import tempfile
import unittest

import disk
import load
from load import support

MEGABYTE = 1 << 20
MAKE = {
    "ext4": (96 * MEGABYTE, ["mkfs.ext4", "-q", "-b", "4096", "-E", "nodiscard,lazy_itable_init=0"]),
    "xfs": (320 * MEGABYTE, ["mkfs.xfs", "-q", "-K"]),
    "btrfs": (192 * MEGABYTE, ["mkfs.btrfs", "-q", "-K"]),
}
SCRIPTS = {
    "anne": 'require ["fileinto", "mailbox", "copy", "variables"];'
            'if header :matches "X-Folder" "*" { fileinto :copy :create "${1}"; }',
    "ben": None,
    "carl": 'require "imap4flags"; addflag "\\\\Flagged"; keep;',
}
STORES = {"maildir": "maildir:~/Maildir", "mbox": "mbox:~/mbox"}
NEWCOMERS = 20  # users whose mailbox is made by their first message
ANSWER = "{:08d} {:<8}\n"
OPTIONS = argparse.Namespace(cuts=8, messages=60, filesystems=["ext4"], seed=1)


def folder_of(number):
    return f"L{number % 31}"


def recipients_of(number):
    users = [("anne", "ben", "carl")[number % 3]]
    return users + [f"new{number % NEWCOMERS}"] if number % 4 == 0 else users


def size_of(number):
    return random.Random(number).choice((400, 1500, 1500, 6000, 6000, 20000, 150000))


def text_of(number):
    return load.message(number, size_of(number), [f"X-Folder: {folder_of(number)}"])


def unshare_mounts():
    """What this process mounts is seen by nobody else and gone when it ends."""
    libc = ctypes.CDLL(None, use_errno=True)
    new_namespace, recursive_private = 0x20000, 0x44000
    if libc.unshare(new_namespace) != 0 or libc.mount(b"none", b"/", None, recursive_private, None) != 0:
        support.skip("no mount namespace of one's own: " + os.strerror(ctypes.get_errno()))


class Mailboxes:
    """The homes below a directory, where the file system under test is mounted."""

    def __init__(self, world, store):
        self.world = world
        self.store = store

    def populate(self):
        for user in list(SCRIPTS) + [f"new{number}" for number in range(NEWCOMERS)]:
            self.world.user(user, SCRIPTS.get(user))

    def command(self, *options):
        return self.world.command(f"--mail={STORES[self.store]}", *options)

    def read(self, user, folder=""):
        home = self.world.home(user)
        if self.store == "mbox":
            return load.mbox_messages(os.path.join(home, *(("mail", folder) if folder else ("mbox",))), torn=True)
        return load.maildir_messages(os.path.join(home, "Maildir", "." + folder if folder else ""))

    def missing(self, answered):
        """What was answered (pairs of number and user) and is not there, whole, in each of its folders."""
        there, problems = {}, []
        for number, user in answered:
            for folder in ("", folder_of(number)) if user == "anne" and number > 0 else ("",):
                if (user, folder) not in there:
                    there[user, folder] = load.count(self.read(user, folder), broken := [])
                    if self.store == "maildir":  # an mbox may end in the middle of what was not answered
                        problems += broken
                if there[user, folder][number] != 1:
                    problems.append(f"{there[user, folder][number]} times: {number} of {user} in {folder or 'INBOX'}")
        return problems


class Case:
    """One file system and one store: the load, then the cuts."""

    def __init__(self, filesystem, store, fsync):
        self.world = support.World()
        self.filesystem = filesystem
        self.boxes = Mailboxes(self.world, store)
        self.fsync = "--fsync=yes" if fsync else "--fsync=no"
        self.work = self.world.path("work")
        self.home = self.world.path("home")
        os.mkdir(self.work)
        os.mkdir(self.home)
        disk.run("mount", "-t", "tmpfs", "-o", "size=2g", "tmpfs", self.work)

    def close(self):
        disk.run("umount", self.work)
        self.world.close()

    def path(self, name):
        return os.path.join(self.work, name)

    def format(self):
        size, command = MAKE[self.filesystem]
        with open(self.path("first"), "wb") as file:
            file.truncate(size)
        disk.run(*command, self.path("first"))
        shutil.copyfile(self.path("first"), self.path("image"))

    def deliver(self, answers, numbers):
        def note(recipient, reply, number):
            if not reply.startswith("250"):
                raise AssertionError(f"{number} to {recipient}: {reply}")
            os.write(answers, ANSWER.format(number, recipient.split("@")[0]).encode())

        with load.Connection(self.boxes.command(self.fsync)) as connection:
            for number in numbers:
                connection.deliver(text_of(number), [user + "@example.org" for user in recipients_of(number)],
                                   answered=lambda recipient, reply, number=number: note(recipient, reply, number))

    def load(self):
        """Puts mail on the disk; returns the requests between which the power may go."""
        self.format()
        device = disk.Disk(self.path("image"), self.work)
        try:
            disk.run("mount", device.device, self.home)
            try:
                return self.load_mounted(device)
            finally:
                disk.run("umount", self.home)
        finally:
            device.close()

    def load_mounted(self, device):
        self.boxes.populate()
        disk.run("sync", "-f", self.home)
        begin = device.length()
        answers = os.open(device.answers, os.O_WRONLY | os.O_APPEND)
        lanes = 4
        load.in_parallel([lambda lane=lane: self.deliver(answers, range(1 + lane, 1 + OPTIONS.messages, lanes))
                          for lane in range(lanes)])
        os.close(answers)
        return begin, device.length()

    def moments(self, entries, begin, end, count):
        """Half of them anywhere, half just after an answer, when the least has happened since; and the end."""
        dice = random.Random(OPTIONS.seed)
        end = min(end, len(entries) - 1)
        after_answers = [i for i in range(begin + 1, end) if entries[i].answers > entries[i - 1].answers]
        chosen = {end} | set(dice.sample(after_answers, min(count // 2, len(after_answers))))
        anywhere = [i for i in range(begin + 1, end) if i not in chosen]
        chosen |= set(dice.sample(anywhere, min(count - len(chosen), len(anywhere))))
        return sorted(chosen)

    def let_locks_grow_old(self):
        """Who held a dotlock when the power went never takes it away; so others wait until it is old."""
        for lock in glob.glob(self.home + "/*/*.lock") + glob.glob(self.home + "/*/mail/*.lock"):
            os.utime(lock, (0, 0))

    def check(self, image, answered):
        """Mounts what the cut left, lets one more message in for each script, and reads everything."""
        disk.run("mount", "-o", "loop", image, self.home)
        try:
            self.let_locks_grow_old()
            with load.Connection(self.boxes.command("--fsync=no")) as connection:
                for user in SCRIPTS:
                    reply = connection.deliver(load.message(0), [user + "@example.org"])[0]
                    if not reply.startswith("250"):
                        return [f"after the cut {user} gets no mail: {reply}"]
            return self.boxes.missing(answered + [(0, user) for user in SCRIPTS])
        finally:
            disk.run("umount", self.home)

    def cut(self, begin, end, count):
        """(cuts, answers checked, problems)"""
        with open(self.path("answers"), encoding="ascii") as file:
            answers = [(int(line[:8]), line[9:].strip()) for line in file]
        log = disk.Log(self.path("log"))
        replay = disk.Replay(log, self.path("first"))
        checked, problems = 0, []
        moments = self.moments(log.entries, begin, end, count)
        for moment in moments:
            answered = answers[:log.entries[moment].answers // len(ANSWER.format(0, ""))]
            replay.cut(moment, self.path("cut"), moment)
            found = self.check_or_say(answered)
            checked += len(answered)
            problems += [f"cut before request {moment}: {problem}" for problem in found]
        replay.close()
        log.close()
        return len(moments), checked, problems

    def check_or_say(self, answered):
        try:
            return self.check(self.path("cut"), answered)
        except subprocess.CalledProcessError as error:
            return [f"{error}: {error.stderr}"]


def run_case(filesystem, store, fsync, count):
    case = Case(filesystem, store, fsync)
    try:
        cuts, checked, problems = case.cut(*case.load(), count)
    finally:
        case.close()
    print(f"{filesystem} {store} fsync={'yes' if fsync else 'no'}: {OPTIONS.messages} messages, {cuts} cuts, "
          f"{checked} answers looked up, {len(problems)} problems", flush=True)
    return problems


class PowerCut(unittest.TestCase):
    """A test for each file system, each store, with and without fsync; see add_tests()."""

    @classmethod
    def add_tests(cls, filesystem, store):
        def kept(self):
            self.assertEqual(run_case(filesystem, store, True, OPTIONS.cuts)[:20], [])

        def lost(self):
            problems = run_case(filesystem, store, False, min(OPTIONS.cuts, 10))
            self.assertTrue(any(": 0 times" in each for each in problems), "no cut cost mail: cuts prove nothing")

        setattr(cls, f"test_{filesystem}_{store}_keeps_what_was_answered", kept)
        setattr(cls, f"test_{filesystem}_{store}_without_fsync_loses_mail", lost)


def works(filesystem):
    """Can this machine make such a file system on a loop device?"""
    if not shutil.which("mkfs." + filesystem):
        return False
    with tempfile.NamedTemporaryFile(dir="/tmp") as image, tempfile.TemporaryDirectory(dir="/tmp") as where:
        size, command = MAKE[filesystem]
        image.truncate(size)
        try:
            disk.run(*command, image.name)
            disk.run("mount", "-o", "loop", image.name, where)
            disk.run("umount", where)
        except (subprocess.CalledProcessError, OSError) as error:
            print(f"no {filesystem} here: {getattr(error, 'stderr', error)}")
            return False
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lastmile")
    parser.add_argument("--cuts", type=int, help="for each store and file system")
    parser.add_argument("--messages", type=int)
    parser.add_argument("--filesystems", nargs="+", choices=MAKE)
    parser.add_argument("--seed", type=int)
    parser.parse_args(namespace=OPTIONS)
    if os.geteuid() != 0:
        support.skip("mounting needs root")
    if not os.path.exists("/dev/fuse") or not os.path.exists("/dev/loop-control"):
        support.skip("no FUSE or no loop devices")
    unshare_mounts()
    OPTIONS.filesystems = [each for each in OPTIONS.filesystems if works(each)]
    if not OPTIONS.filesystems:
        support.skip("none of the file systems")
    for filesystem in OPTIONS.filesystems:
        for store in STORES:
            PowerCut.add_tests(filesystem, store)
    support.main()


if __name__ == "__main__":
    main()
