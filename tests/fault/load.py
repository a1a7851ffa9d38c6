# SPDX-License-Identifier: MIT
"""What the tests under load share: messages that can be told to be whole, connections, readers of both stores."""
import base64
import collections
import glob
import hashlib
import os
import random
import re
import socket
import subprocess
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "integration"))
import support  # noqa: E402  (found only now)

MARK = re.compile(rb"^X-Load: (\d+) ([0-9a-f]{64})$", re.M)


def message(number, size=2000, fields=()):
    """Message `number` with CRLF line ends: its body is about `size` octets and has its digest in the header."""
    dice = random.Random(number)
    lines = base64.encodebytes(dice.randbytes(size * 3 // 4)).decode().split("\n")
    lines[-1:] = ["From the last line but one, which an mbox quotes", f"end of {number}", ""]
    body = "\n".join(lines).encode()
    head = [f"X-Load: {number} {hashlib.sha256(body).hexdigest()}", "From: Anne <anne@example.org>",
            f"Message-ID: <load-{number}@example.org>", f"Subject: load {number}", *fields]
    return ("\n".join(head) + "\n\n").encode().replace(b"\n", b"\r\n") + body.replace(b"\n", b"\r\n")


def number_of(octets):
    """Which message a file of a Maildir holds, None if it is none of ours; ValueError if it is not whole."""
    head, found, body = octets.partition(b"\n\n")
    mark = MARK.search(head)
    if not mark:
        if found and b"\n" in head:
            return None
        raise ValueError(f"a file of {len(octets)} octets without a header")
    if hashlib.sha256(body).hexdigest() != mark.group(2).decode():
        raise ValueError(f"message {mark.group(1).decode()} is not whole: {len(body)} octets of body")
    return int(mark.group(1))


def count(pieces, broken):
    """How often each message is among the octets; what is not whole goes to the list `broken`."""
    counted = collections.Counter()
    for piece in pieces:
        try:
            counted[number_of(piece)] += 1
        except ValueError as error:
            broken.append(str(error))
    return counted


def read(path):
    with open(path, "rb") as file:
        return file.read()


def maildir_messages(path):
    return [read(name) for name in glob.glob(glob.escape(path) + "/new/*") + glob.glob(glob.escape(path) + "/cur/*")]


def mbox_messages(path, torn=False):
    """The messages of an mbox, unquoted, each without its From_ line and the empty line at its end.

    `torn`: the power went during an append, whose remainder may stand in front, or behind the last message: blocks
    that the disk did not get are NUL, in the From_ line too, or not there, so that the line ends with the file or
    where the next append has put a line end."""
    octets = read(path) if os.path.exists(path) else b""
    if octets and not torn and not octets.startswith(b"From "):
        raise ValueError(f"{path} of {len(octets)} octets does not begin with a From_ line: {octets[:80]!r}")
    torn_line = rb"|[^\n\0]*\0+|(?:F|Fr|Fro|From|From [^\n]*)(?:\n|\Z)" if torn else b""
    pieces = re.split(rb"(?:\A|\n\n)(?:From [^\n]* \d{4}\n" + torn_line + rb")", octets)[1:]
    if pieces and pieces[-1].endswith(b"\n\n"):
        pieces[-1] = pieces[-1][:-1]
    quoted = re.compile(rb"^>(>*From )", re.M)
    # the split took the line end of the last line with it
    return [quoted.sub(rb"\1", piece if piece.endswith(b"\n") else piece + b"\n") for piece in pieces]


class Connection:
    """A client of a lastmile of its own."""

    def __init__(self, command, stderr=None):
        """`stderr`: where its standard error goes; to the client, as behind inetd, if not given."""
        self.client, theirs = socket.socketpair()
        self.client.settimeout(120)
        self.process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=stderr or theirs)
        theirs.close()
        self.replies = self.client.makefile("rb")
        self.reply()
        self.say("LHLO load.example.org")

    def reply(self):
        while True:
            line = self.replies.readline()
            if not line.endswith(b"\r\n"):
                raise ConnectionError("the server is gone")
            if line[3:4] == b" ":
                return line.decode().rstrip()

    def say(self, line):
        self.client.sendall(line.encode() + b"\r\n")
        return self.reply()

    def deliver(self, octets, recipients, sender="anne@example.org", answered=lambda recipient, reply: None):
        """The replies, one for each recipient; `answered` hears of each as it comes."""
        commands = [f"MAIL FROM:<{sender}>", *(f"RCPT TO:<{recipient}>" for recipient in recipients), "DATA"]
        self.client.sendall("".join(command + "\r\n" for command in commands).encode())
        early = [self.reply() for _ in commands]
        if not early[-1].startswith("354"):
            raise ConnectionError(" / ".join(early))
        self.client.sendall(octets + b".\r\n")
        replies = []
        for recipient in recipients:
            replies.append(self.reply())
            answered(recipient, replies[-1])
        return replies

    def close(self):
        """Ends the dialogue; the exit status of the server."""
        try:
            self.say("QUIT")
        except OSError:
            pass
        self.replies.close()
        self.client.close()
        return self.process.wait(timeout=60)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def in_parallel(jobs):
    """Calls each in a thread of its own; raises what the first of them raised."""
    errors = []

    def guarded(job):
        try:
            job()
        except BaseException as error:  # pylint: disable=broad-except
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def differences(expected, counted):
    """(lost, twice or more, unknown): what is wrong with a Counter of message numbers."""
    expected = set(expected)
    lost = sorted(expected - set(counted))
    twice = sorted(number for number, times in counted.items() if number is not None and times > 1)
    unknown = sorted(number for number in counted if number is not None and number not in expected)
    return lost, twice, unknown
