#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Many connections deliver into one mailbox while a reader takes messages out: each arrives once, whole.

The Maildir is read by Dovecot's imap, which expunges; the mbox by Python's mailbox module, which locks as
mbox(5) says and replaces the file.
"""
import argparse
import collections
import imaplib
import mailbox
import multiprocessing
import os
import random
import re
import shutil
import time
import unittest

import load
from load import support

IMAP = "/usr/lib/dovecot/imap"
DOVECOT_CONF = """\
base_dir = {root}/dovecot
log_path = /dev/stderr
mail_location = maildir:~/Maildir
ssl = no
first_valid_uid = 1
maildir_very_dirty_syncs = no
"""
SCRIPT = 'require "imap4flags"; if header :matches "Subject" "*3" { addflag ["\\\\Flagged", "$Label1"]; }'
OPTIONS = argparse.Namespace(messages=400, connections=20)


class ImapReader:
    """Dovecot's imap for one user, as Dovecot runs it after a login, on a pipe."""

    def __init__(self, world, user):
        config = world.path("dovecot.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(DOVECOT_CONF.format(root=world.root))
        become = f"setpriv --reuid={world.owner.pw_uid} --regid={world.owner.pw_gid} --clear-groups " * (not os.geteuid())
        self.log = world.path("dovecot.log")
        self.imap = imaplib.IMAP4_stream(
            f"exec {become}env USER={user} HOME={world.home(user)} {IMAP} -c {config} 2>{self.log}")
        self.imap.select("INBOX")

    def uids(self):
        self.ask(self.imap.noop())
        return self.ask(self.imap.uid("SEARCH", "ALL"))[0].split()

    def take(self, uids):
        """The messages, as files of a Maildir hold them; gone afterwards."""
        chosen = b",".join(uids).decode()
        pieces = [each[1] for each in self.ask(self.imap.uid("FETCH", chosen, "(BODY.PEEK[])")) if isinstance(each, tuple)]
        self.ask(self.imap.uid("STORE", chosen, "+FLAGS.SILENT", r"(\Deleted)"))
        self.ask(self.imap.uid("EXPUNGE", chosen))
        return [piece.replace(b"\r\n", b"\n") for piece in pieces]

    def close(self):
        self.imap.logout()

    @staticmethod
    def ask(answer):
        status, data = answer
        if status != "OK":
            raise AssertionError(f"imap: {status} {data}")
        return data


class MboxReader:
    """Python's mailbox.mbox, opened and locked anew for each visit."""

    def __init__(self, path):
        self.path = path

    def locked(self):
        while True:
            if os.path.exists(self.path):
                box = mailbox.mbox(self.path, create=False)
                try:
                    box.lock()
                    if os.fstat(box._file.fileno()).st_ino == os.stat(self.path).st_ino:
                        return box
                except mailbox.ExternalClashError:
                    pass
                box.close()
            time.sleep(0.01)

    def visit(self, share):
        """Takes out about this share of the messages; they, and how many are left."""
        box = self.locked()
        keys = [key for key in box.keys() if random.random() < share]
        taken = [re.sub(rb"^>(>*From )", rb"\1", box.get_bytes(key), flags=re.M) for key in keys]
        for key in keys:
            box.remove(key)
        left = len(box)
        try:
            box.flush()
        except mailbox.ExternalClashError:  # the new file is in its place, but somebody tries to lock that one
            pass
        box.unlock()
        box.close()
        return taken, left


def read_imap(world, stop):
    """(how often each message was taken, what was not whole); `stop` is set when no more mail comes."""
    reader = ImapReader(world, "anne")
    taken, broken = collections.Counter(), []
    while True:
        last = stop.is_set()
        uids = reader.uids()
        chosen = [uid for uid in uids if last or random.random() < 0.5]
        if chosen:
            taken += load.count(reader.take(chosen), broken)
        if last and not uids:
            reader.close()
            return taken, broken
        time.sleep(0.02)


def read_mbox(world, stop):
    reader = MboxReader(os.path.join(world.home("anne"), "mbox"))
    taken, broken = collections.Counter(), []
    while True:
        last = stop.is_set()
        pieces, left = reader.visit(1 if last else 0.5)
        taken += load.count(pieces, broken)
        if last and not left:
            return taken, broken
        time.sleep(0.02)


def as_owner(world, read, stop, pipe):
    """In a process of its own: the files that a reader makes must be the user's."""
    if os.geteuid() == 0 and read is read_mbox:
        os.setgroups([])
        os.setgid(world.owner.pw_gid)
        os.setuid(world.owner.pw_uid)
    pipe.send(read(world, stop))


class Concurrency(unittest.TestCase):
    def setUp(self):
        self.world = support.World()
        self.addCleanup(self.world.close)
        self.home = self.world.user("anne", SCRIPT)
        self.deferred = 0

    def deliver(self, command, numbers):
        with load.Connection(command) as connection:
            for number in numbers:
                size = random.Random(number).choice((500, 3000, 9000, 40000))
                while True:  # as an MTA does
                    reply = connection.deliver(load.message(number, size), ["anne@example.org"])[0]
                    if reply.startswith("250"):
                        break
                    self.assertTrue(reply.startswith("451 4.2.0"), reply)
                    self.deferred += 1

    def run_against(self, read, mail):
        context = multiprocessing.get_context("fork")
        stop = context.Event()
        ours, theirs = context.Pipe()
        reader = context.Process(target=as_owner, args=(self.world, read, stop, theirs))
        reader.start()
        begin = time.monotonic()
        try:
            command = self.world.command(f"--mail={mail}")
            load.in_parallel([
                lambda lane=lane: self.deliver(command, range(1 + lane, 1 + OPTIONS.messages, OPTIONS.connections))
                for lane in range(OPTIONS.connections)])
            stop.set()
            self.assertTrue(ours.poll(120), "the reader has not come to an end")
            taken, broken = ours.recv()
        finally:
            reader.kill()
            reader.join()
        print(f"{mail}: {OPTIONS.messages} messages by {OPTIONS.connections} connections in "
              f"{time.monotonic() - begin:.0f} s, {self.deferred} times deferred", flush=True)
        self.assertEqual(broken, [])
        self.assertEqual(load.differences(range(1, 1 + OPTIONS.messages), taken), ([], [], []))
        self.assertLessEqual(self.deferred, OPTIONS.messages // 20, "mail waits for the client's next try")

    @unittest.skipUnless(os.path.exists(IMAP) and shutil.which("setpriv"), "dovecot-imapd is not installed")
    def test_maildir_that_dovecot_expunges(self):
        os.mkdir(self.world.path("dovecot"))
        self.world.give(self.world.path("dovecot"))
        self.run_against(read_imap, "maildir:~/Maildir")
        self.assertEqual(load.maildir_messages(os.path.join(self.home, "Maildir")), [])
        self.assertEqual(os.listdir(os.path.join(self.home, "Maildir", "tmp")), [])

    def test_mbox_that_a_reader_replaces(self):
        open(os.path.join(self.home, "mbox"), "w", encoding="ascii").close()
        self.world.give(os.path.join(self.home, "mbox"))
        self.run_against(read_mbox, "mbox:~/mbox")
        self.assertEqual(load.mbox_messages(os.path.join(self.home, "mbox")), [])
        self.assertFalse(os.path.exists(os.path.join(self.home, "mbox.lock")))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lastmile")
    parser.add_argument("--messages", type=int, help="into each mailbox")
    parser.add_argument("--connections", type=int)
    parser.parse_args(namespace=OPTIONS)
    support.main()


if __name__ == "__main__":
    main()
