#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plays tests/lmtp/dialogues/*.session, whose README says how they read, to the real program over a socket."""
import glob
import os
import re
import socket
import subprocess
import sys
import unittest

import support

DIALOGUES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lmtp", "dialogues")
# Where a real list of users cannot be as the file's world is.
NOT_HERE = {"addresses.session": "the empty local part names nobody in a list of users"}
REJECT = 'require "ereject"; ereject text:\nfirst line\nsecond line\n.\n;'
ESCAPE = re.compile(rb"\\(?:([rnt0\\])|x([0-9a-fA-F]{2})|\{(\d+)\*([^}]*)\})")
SIMPLE = {b"r": b"\r", b"n": b"\n", b"t": b"\t", b"0": b"\0", b"\\": b"\\"}


def unescape(text):
    def one(found):
        simple, octet, count, repeated = found.groups()
        if simple:
            return SIMPLE[simple]
        return bytes([int(octet, 16)]) if octet else repeated * int(count)

    return ESCAPE.sub(one, text)


def steps(path):
    """The (mark, octets) of each line that means something."""
    with open(path, "rb") as file:
        for line in file.read().split(b"\n"):
            if not line.strip() or line.startswith(b"#"):
                continue
            mark, rest = line[:2].decode(), line[2:]
            rest = rest[1:] if rest.startswith(b" ") else rest
            yield mark, rest if mark == "O:" else unescape(rest)


class Talk:
    """One connection to a fresh process."""

    def __init__(self, command):
        self.socket, theirs = socket.socketpair()
        self.process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs)
        theirs.close()
        self.socket.settimeout(30)
        self.replies = self.socket.makefile("rb")

    def send(self, octets):
        try:
            self.socket.sendall(octets)
        except (BrokenPipeError, ConnectionResetError):
            pass  # what the server says, or does not, is what counts

    def end(self):
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def close(self):
        self.replies.close()
        self.socket.close()
        self.process.kill()
        self.process.wait()


class Dialogue(unittest.TestCase):
    def setUp(self):
        self.world = support.World()
        self.addCleanup(self.world.close)

    def people(self, script):
        """Everybody whom the dialogue names exists, but for the README's exceptions."""
        names = {match.decode(errors="ignore").lower()
                 for match in re.findall(rb"RCPT TO:<([a-zA-Z0-9]+)[@>]", b"".join(text for _, text in script), re.I)}
        for name in sorted(names - {"nobody"} | {"postmaster"}):
            self.world.user(name, REJECT if name == "reject" else None)
        with open(self.world.users, encoding="utf-8") as file:
            lines = file.read().splitlines()
        lines = [line + ":quota=1" if line.startswith("full:") else line for line in lines]
        lines = [re.sub(r":\d+:", ":broken:", line, count=1) if line.startswith("unknown:") else line for line in lines]
        with open(self.world.users, "w", encoding="utf-8") as file:
            file.write("".join(line + ":\n" if line.count(":") == 5 else line + "\n" for line in lines))

    def delivered(self):
        contents = []
        for path in glob.glob(self.world.path("home", "*", "Maildir", "new", "*")):
            with open(path, "rb") as file:
                contents.append(file.read())
        return contents

    def expect(self, talk, expected):
        line = talk.replies.readline()
        self.assertTrue(line.endswith(b"\r\n"), f"wanted {expected!r}, got {line!r}")
        expected = expected.replace(b"451 4.3.0 ...", b"451 4.3...")  # a broken line of the list is 4.3.5
        if expected.endswith(b"..."):
            self.assertTrue(line.startswith(expected[:-3].rstrip()), f"wanted {expected!r}, got {line!r}")
        else:
            self.assertEqual(line[:-2], expected)

    def play(self, path):
        script = list(steps(path))
        self.people(script)
        given = ["--hostname=mx.example", "--size-limit=10485760"]
        given += ["--" + text.decode() for mark, text in script if mark == "O:"]
        options = {option.split("=")[0]: option for option in given}
        status, messages = 0, []
        talk = Talk(self.world.command(*options.values()))
        self.addCleanup(talk.close)
        for mark, text in script:
            if mark == "C:":
                talk.send(text + b"\r\n")
            elif mark == "C>":
                talk.send(text)
            elif mark == "S:":
                self.expect(talk, text)
            elif mark == "E:":
                talk.end()
            elif mark == "X:":
                status = int(text)
            elif mark == "M:":
                messages.append(text)
            else:
                self.assertEqual(mark, "O:")
        talk.end()
        self.assertEqual(talk.replies.read(), b"")
        self.assertEqual(talk.process.wait(timeout=30), status)
        self.check_messages(messages)

    def check_messages(self, messages):
        delivered = self.delivered()
        for message in messages:
            self.assertTrue(any(each.endswith(message) for each in delivered), f"{message[:60]!r} was not delivered")
        for each in delivered:
            self.assertTrue(any(each.endswith(message) for message in messages), f"{each[-60:]!r} was delivered")


def add_test(path):
    name = os.path.basename(path)

    def test(self):
        if name in NOT_HERE:
            self.skipTest(NOT_HERE[name])
        self.play(path)

    setattr(Dialogue, "test_" + name.replace(".", "_").replace("-", "_"), test)


for each in sorted(glob.glob(os.path.join(DIALOGUES, "*.session"))):
    add_test(each)

if __name__ == "__main__":
    if not hasattr(Dialogue, "test_one_message_session"):
        sys.exit("no dialogues in " + DIALOGUES)
    support.main()
