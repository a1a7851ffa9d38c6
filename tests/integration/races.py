#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Links swapped into the paths of a delivery while it happens, by the user who owns them.

Root's lastmile delivers to mallory, whose own process meanwhile exchanges her mailbox, its directories, locks and
scripts for links that lead out. Whatever she does: nothing of another user or of root changes, nothing appears where
no mailbox of hers is, no octet of another's mail reaches her, each reply is 250 or 4xx, and a 250 has its message.

races.py LASTMILE [SECONDS]: that long for each case; the default is short, for every build."""
import ctypes
import grp
import os
import re
import subprocess
import sys
import threading
import time
import unittest

import support

SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 1.5
MALLORY, VICTIM = 65001, 65002
SECRET = b"for the eyes of the victim"
AT_FDCWD, RENAME_EXCHANGE = -100, 2
libc = ctypes.CDLL(None, use_errno=True)

SCRIPT = b"""require ["fileinto", "mailbox", "imap4flags", "duplicate", "mboxmetadata", "include"];
if duplicate :header "X-Twice" { discard; stop; }
include :personal "more";
if header :contains "Subject" "folder" { fileinto :create :flags "$Label" "Folder"; }
if header :contains "Subject" "deep" { fileinto :create "deep/box"; }
if header :contains "Subject" "fresh" { fileinto :create "victim"; }
keep :flags ["$Other", "\\\\Seen"];
"""


def exchange(one, other):
    """Both names at once: there is no moment without a file of that name."""
    libc.renameat2(AT_FDCWD, one.encode(), AT_FDCWD, other.encode(), RENAME_EXCHANGE)


def flicker(link, make):
    """A name that comes and goes."""
    try:
        make(link)
    except OSError:
        pass
    try:
        os.unlink(link)
    except OSError:
        pass


class Attacker:
    """A process of mallory's that swaps until it is told to end; then it says how often it did."""

    def __init__(self, steps):
        self.reader, writer = os.pipe()
        stop, self.stop = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.stop)
            os.setgroups([])
            os.setresgid(MALLORY, MALLORY, MALLORY)
            os.setresuid(MALLORY, MALLORY, MALLORY)
            os.set_blocking(stop, False)
            swaps = 0
            while self.goes_on(stop):
                for step in steps:
                    step()
                    swaps += 1
            os.write(writer, str(swaps).encode())
            os._exit(0)
        os.close(writer)
        os.close(stop)

    @staticmethod
    def goes_on(stop):
        try:
            return os.read(stop, 1) != b""
        except BlockingIOError:
            return True

    def end(self):
        os.close(self.stop)
        swaps = int(os.read(self.reader, 100) or b"0")
        os.close(self.reader)
        os.waitpid(self.pid, 0)
        return swaps


class Client(threading.Thread):
    """One connection that delivers until the time is over."""

    def __init__(self, command, number, until):
        super().__init__()
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.number, self.until = number, until
        self.stored, self.replies, self.last = [], [], b""

    def reply(self):
        while True:
            line = self.process.stdout.readline()
            if line[3:4] != b"-":
                return line

    def say(self, text):
        self.process.stdin.write(text + b"\r\n")
        self.process.stdin.flush()
        return self.reply()

    def run(self):
        self.reply()
        self.say(b"LHLO x")
        count = 0
        while time.monotonic() < self.until:
            count += 1
            key = b"key-%d-%d-end" % (self.number, count)
            self.say(b"MAIL FROM:<alice@example.org>")
            self.say(b"RCPT TO:<mallory@example.org>")
            self.say(b"DATA")
            subject = [b"folder", b"deep", b"plain", b"fresh"][count % 4]
            reply = self.say(b"Subject: " + subject + b"\r\nX-Twice: " + key + b"\r\n\r\n" + key + b"\r\n.")
            self.replies.append(reply)
            if reply.startswith(b"250 "):
                self.stored.append(key)
        self.last = self.say(b"QUIT")
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=60)


class Races(unittest.TestCase):
    def setUp(self):
        self.world = support.World()
        self.addCleanup(self.world.close)
        self.home = self.world.home("mallory")
        with open(self.world.users, "w", encoding="utf-8") as file:
            file.write(f"mallory:x:{MALLORY}:{MALLORY}::{self.home}:\n")
        self.directory(self.home, MALLORY, 0o700)
        self.file(os.path.join(self.home, ".sieve"), SCRIPT, MALLORY)
        self.directory(os.path.join(self.home, "sieve"), MALLORY, 0o700)
        self.file(os.path.join(self.home, "sieve", "more.sieve"), b"stop;", MALLORY)
        for name, owner in (("root", 0), ("victim", VICTIM)):
            self.directory(self.world.path(name), owner, 0o755)
            self.maildir(self.world.path(name, "Maildir"), owner, 0o755)
            self.maildir(self.world.path(name, "Maildir", ".Folder"), owner, 0o755)
            self.file(self.world.path(name, "Maildir", "cur", "1:2,S"), SECRET, owner)
            self.file(self.world.path(name, "mbox"), b"From a@b  Thu Jan  1 00:00:00 1970\n\n" + SECRET, owner)
            self.file(self.world.path(name, "script"), b"# " + SECRET, owner)
            self.file(self.world.path(name, "anybody"), b"anybody may write this\n", owner, 0o666)
        # What mallory may write like everybody else. A delivery has no business there.
        self.maildir(self.world.path("open"), 0, 0o1777)
        for name in ("file", "tmp/file"):
            self.file(self.world.path("open", name), b"1000000000S\n0 0\n", 0, 0o666)

    def directory(self, path, owner, mode):
        os.makedirs(path)
        os.chown(path, owner, owner)
        os.chmod(path, mode)

    def maildir(self, path, owner, mode):
        self.directory(path, owner, mode)
        for name in ("tmp", "new", "cur"):
            self.directory(os.path.join(path, name), owner, mode)

    def file(self, path, octets, owner, mode=0o600):
        with open(path, "wb") as file:
            file.write(octets)
        os.chown(path, owner, owner)
        os.chmod(path, mode)

    def outside(self):
        """All there is to know of what is not mallory's; the kernel notes her links in ctime and link count."""
        found = {}
        for top in ("root", "victim", "open", "spool"):
            for directory, directories, files in os.walk(self.world.path(top)):
                for name in [*directories, *files, "."]:
                    path = os.path.join(directory, name)
                    status = os.lstat(path)
                    octets = b""
                    if name in files and not os.path.islink(path):
                        with open(path, "rb") as file:
                            octets = file.read()
                    # Where everybody may write she makes and removes links of her own.
                    time_ns = 0 if name not in files and top == "open" else status.st_mtime_ns
                    found[path] = (status.st_mode, status.st_uid, status.st_gid, time_ns, octets)
        return found

    def link(self, path, target):
        """A link beside `path` that waits for its turn, and the step that lets it take it."""
        aside = path + ".swap" + str(len(target))
        os.symlink(target, aside)
        os.lchown(aside, MALLORY, MALLORY)
        return lambda: exchange(path, aside)

    def coming(self, path, target):
        return lambda: flicker(path, lambda link: os.symlink(target, link))

    def hard(self, path, target):
        return lambda: flicker(path, lambda link: os.link(target, link))

    def contest(self, options, steps):
        before = self.outside()
        until = time.monotonic() + SECONDS
        command = self.world.command("--quota=1G", "--lock-timeout=1s", *options)
        clients = [Client(command, number, until) for number in range(3)]
        attacker = Attacker(steps)
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        swaps = attacker.end()
        self.judge(before, clients, swaps)

    def judge(self, before, clients, swaps):
        replies = [reply for client in clients for reply in client.replies]
        stored = {key for client in clients for key in client.stored}
        print(f"{self.id().split('.')[-1]}: {swaps} swaps, {len(replies)} deliveries, {len(stored)} stored", flush=True)
        after = self.outside()
        changed = [path for path in {*before, *after} if before.get(path) != after.get(path)]
        self.assertEqual([(path, before.get(path), after.get(path)) for path in changed], [])
        for reply in replies:
            self.assertRegex(reply, rb"\A(250|4\d\d) ")
        for client in clients:
            self.assertTrue(client.last.startswith(b"221 "), client.last)
            self.assertEqual(client.process.returncode, 0)
        found = set()
        for directory, _, files in os.walk(self.home):
            for name in files:
                path = os.path.join(directory, name)
                status = os.lstat(path)
                if os.path.islink(path) or status.st_nlink > 1:
                    continue
                self.assertEqual((status.st_uid, status.st_gid), (MALLORY, MALLORY), path)
                with open(path, "rb") as file:
                    octets = file.read()
                self.assertNotIn(SECRET, octets, path)
                found.update(re.findall(rb"key-\d+-\d+-end", octets))
        self.assertEqual(stored - found, set())
        self.assertGreater(swaps, 100)
        self.assertGreater(len(replies), 3)

    def maildir_steps(self):
        """The mailbox as mallory has it, and what she does below its root."""
        mailbox = os.path.join(self.home, "Maildir")
        folder = os.path.join(mailbox, ".Folder")
        for path in (mailbox, folder):
            self.maildir(path, MALLORY, 0o700)
        state = os.path.join(self.home, ".lastmile")
        for path in (state, os.path.join(state, "duplicate"), os.path.join(state, "intent")):
            self.directory(path, MALLORY, 0o700)
        opened = self.world.path("open")
        steps = [self.link(os.path.join(path, name), os.path.join(opened, name))
                 for path in (mailbox, folder) for name in ("tmp", "new", "cur")]
        steps += [self.link(path, opened) for path in (folder, state, os.path.join(state, "duplicate"),
                                                       os.path.join(state, "intent"))]
        for name in ("subscriptions", "maildirsize", "dovecot-keywords", "dovecot-uidlist.lock", "lastmile-id"):
            steps.append(self.coming(os.path.join(mailbox, name), os.path.join(opened, "file")))
            steps.append(self.coming(os.path.join(folder, name), os.path.join(opened, name)))
            steps.append(self.hard(os.path.join(mailbox, name), self.world.path("victim", "anybody")))
        return steps

    def test_below_a_maildir(self):
        self.contest([], self.maildir_steps())

    def test_below_a_maildir_without_the_sandbox(self):
        self.contest(["--sandbox=no"], self.maildir_steps())

    def root_steps(self):
        """Where a mailbox lies a link may lead anywhere; rights are all that protects what is there."""
        mailbox = os.path.join(self.home, "Maildir")
        self.maildir(mailbox, MALLORY, 0o700)
        steps = [self.link(mailbox, self.world.path(name, "Maildir")) for name in ("root", "victim")]
        for path in (os.path.join(self.home, ".sieve"), os.path.join(self.home, "sieve", "more.sieve")):
            steps += [self.link(path, self.world.path(name, "script")) for name in ("root", "victim")]
        return steps

    def test_roots_and_scripts(self):
        self.contest([], self.root_steps())

    def test_roots_and_scripts_without_the_sandbox(self):
        self.contest(["--sandbox=no"], self.root_steps())

    def mbox_steps(self):
        boxes = os.path.join(self.home, "mail")
        self.directory(boxes, MALLORY, 0o700)
        self.directory(os.path.join(boxes, "deep"), MALLORY, 0o700)
        steps = [self.link(os.path.join(boxes, "deep"), self.world.path("open"))]
        for name in ("inbox", "Folder"):
            box = os.path.join(boxes, name)
            self.file(box, b"", MALLORY)
            steps += [self.link(box, self.world.path(*target))
                      for target in (("victim", "mbox"), ("open", "tmp", "file"), ("open", "nothing"))]
            hard = box + ".hard"
            os.link(self.world.path("victim", "anybody"), hard)
            steps.append(lambda box=box, hard=hard: exchange(box, hard))
            steps.append(self.coming(box + ".lock", self.world.path("open", "lock")))
            steps.append(self.hard(box + ".lock", self.world.path("victim", "anybody")))
        return steps

    mbox_options = ["--mail=mbox:~/mail/inbox", "--folders=mbox:~/mail"]

    def test_mbox(self):
        self.contest(self.mbox_options, self.mbox_steps())

    def test_mbox_without_the_sandbox(self):
        self.contest([*self.mbox_options, "--sandbox=no"], self.mbox_steps())

    def spool(self, *options):
        """A spool that only its group may write, whose right a delivery has: not for what lies in the home."""
        try:
            group = grp.getgrnam("mail").gr_gid
        except KeyError:
            self.skipTest("no group named mail")
        self.directory(self.world.path("spool"), 0, 0o755)
        os.chown(self.world.path("spool"), 0, group)
        os.chmod(self.world.path("spool"), 0o2775)
        self.file(self.world.path("spool", "other"), b"", VICTIM, 0o660)
        boxes = os.path.join(self.home, "mail")
        self.directory(boxes, MALLORY, 0o700)
        steps = [self.link(boxes, self.world.path("spool"))]
        self.contest(["--mail-group=mail", *options], steps)

    def test_the_right_to_a_spool(self):
        self.spool("--mail=mbox:~/mail/inbox", "--folders=mbox:~/mail")

    def test_the_right_to_a_spool_without_the_sandbox(self):
        self.spool("--mail=mbox:~/mail/inbox", "--folders=mbox:~/mail", "--sandbox=no")


if __name__ == "__main__":
    if os.geteuid() != 0:
        support.skip("only root can deliver to another user")
    if not hasattr(libc, "renameat2"):
        support.skip("the C library has no renameat2")
    support.main()
