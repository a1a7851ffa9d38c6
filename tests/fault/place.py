# SPDX-License-Identifier: MIT
"""A directory with one user, a sendmail that writes down what it is given, and a client that speaks to lastmile."""
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time

from mailboxes import entries, read, write

HOSTNAME = "mx.example.org"
USER = "anne"
SENDMAIL = """#!/bin/sh
cat > {sent}/.$$ && mv {sent}/.$$ {sent}/$$
"""


def memory_directory():
    """Where an fsync costs nothing: what is at stake here is what a call answers, not what the disk keeps."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"


class Place:
    """Run by root the user is the system's "nobody", because nothing is ever delivered as root."""

    def __init__(self, lastmile, directory=None):
        self.lastmile = lastmile
        self.root = tempfile.mkdtemp(prefix="lastmile-fault-", dir=directory or memory_directory())
        os.chmod(self.root, 0o755)
        owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.getuid())
        self.uid, self.gid = owner.pw_uid, owner.pw_gid
        self.home, self.sent, self.log = self.path("home"), self.path("sent"), self.path("log")
        write(self.path("users"), f"{USER}:x:{self.uid}:{self.gid}::{self.home}:\n".encode())
        write(self.path("sendmail"), SENDMAIL.format(sent=self.sent).encode())
        os.chmod(self.path("sendmail"), 0o755)

    def close(self):
        shutil.rmtree(self.root)

    def path(self, name):
        return os.path.join(self.root, name)

    def make_home(self, script, mailboxes):
        for directory in (self.home, self.sent):
            shutil.rmtree(directory, ignore_errors=True)
            os.mkdir(directory)
        write(self.log, b"")
        if script:
            write(os.path.join(self.home, ".sieve"), script.encode())
        for box in mailboxes:
            box.prepare(self.home)

    def give(self):
        """All in the home belongs to the user from now on."""
        if os.geteuid() != 0:
            return
        os.chown(self.sent, self.uid, self.gid)
        for directory, _, files in os.walk(self.home):
            os.chown(directory, self.uid, self.gid)
            for name in files:
                os.chown(os.path.join(directory, name), self.uid, self.gid)

    def command(self, *options):
        return [self.lastmile, "-c", "/dev/null", "--hostname=" + HOSTNAME, "--users=passwd:" + self.path("users"),
                "--sendmail=" + self.path("sendmail"), "--log=stderr", *options]

    def handed_over(self):
        return [read(os.path.join(self.sent, name)) for name in entries(self.sent)]

    def log_text(self):
        return read(self.log).decode(errors="replace")


class Connection:
    """A client. `wrapper`: what runs lastmile, and closes its own ends of the connection."""

    def __init__(self, place, options=(), wrapper=(), timeout=60):
        self.ours, theirs = socket.socketpair()
        self.ours.settimeout(timeout)
        with open(place.log, "ab") as log:
            self.process = subprocess.Popen([*wrapper, *place.command(*options)], stdin=theirs, stdout=theirs, stderr=log)
        theirs.close()
        self.replies = self.ours.makefile("rb")
        self.timeout = timeout

    def reply(self):
        """The last line of a reply; b"" at the end of the connection."""
        while True:
            try:
                line = self.replies.readline()
            except ConnectionResetError:
                line = b""
            if line[3:4] != b"-":
                return line

    def send(self, octets):
        try:
            self.ours.sendall(octets)
        except OSError:  # the other side is gone: its replies, or their absence, will tell
            pass

    def end(self):
        """Closes, and waits for the program; its status."""
        self.replies.close()
        self.ours.close()
        try:
            return self.process.wait(timeout=self.timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise


ENVELOPE = b"MAIL FROM:<ben@example.org>\r\nRCPT TO:<%s@example.org>\r\nDATA\r\n" % USER.encode()


def on_the_wire(message):
    lines = message.split(b"\n")
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + b".\r\n"


def dialogue(connection, message):
    """One message, one recipient, step by step. All replies; those that did not come are b""."""
    replies = [connection.reply()]
    for group, expected in ((b"LHLO client.example.org\r\n", 1), (ENVELOPE, 3)):
        if not replies[-1].startswith(b"2"):
            return replies
        connection.send(group)
        replies += [connection.reply() for _ in range(expected)]
    if replies[-1].startswith(b"354"):
        connection.send(on_the_wire(message))
        replies.append(connection.reply())
    if replies[-1]:
        connection.send(b"QUIT\r\n")
        connection.reply()
    return replies


def deliver(place, message, options=(), wrapper=()):
    """The replies, and the seconds that it took."""
    start = time.monotonic()
    connection = Connection(place, options, wrapper)
    try:
        replies = dialogue(connection, message)
    finally:
        connection.end()
    return replies, time.monotonic() - start


def final_code(replies):
    """Of the message: 250, another code, or 0 without an answer."""
    refusal = [int(reply[:3]) for reply in replies if reply[:1] in (b"4", b"5")]
    if refusal:
        return refusal[0]
    return 250 if len(replies) == 6 and replies[5].startswith(b"250") else 0
