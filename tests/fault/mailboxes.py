# SPDX-License-Identifier: MIT
"""Mailboxes as a reader finds them: how often the message of a test is there, whole or not, and whether the mail
that was there before still is, octet for octet."""
import mailbox
import os
import re
from dataclasses import dataclass, field

OWN_FIELDS = {b"return-path", b"delivered-to", b"x-original-to", b"received", b"status", b"x-status", b"x-keywords"}
OLD_MAIL = b"From: Old <old@example.org>\nSubject: from before\n\n>From the time before.\n"
OLD_NAME = "1700000000.M1P1.example.org,S=%d" % len(OLD_MAIL)


@dataclass
class Found:
    """Copies of the message, and what is wrong with the mailbox besides."""
    whole: int = 0
    parts: int = 0
    problems: list = field(default_factory=list)

    def add(self, stored, message):
        if is_whole(stored, message):
            self.whole += 1
        else:
            self.parts += 1


def is_whole(stored, message):
    """The message, after nothing but the fields that a delivery writes itself."""
    if not stored.endswith(message):
        return False
    front = re.sub(rb"\n[ \t]+", b" ", stored[:len(stored) - len(message)])
    return all(line.split(b":")[0].lower() in OWN_FIELDS for line in front.splitlines())


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, octets):
    with open(path, "wb") as file:
        file.write(octets)


class Maildir:
    """`keywords`: those that a message may carry."""

    def __init__(self, path, fresh=False, keywords=()):
        self.path, self.fresh, self.keywords = path, fresh, set(keywords)
        self.maker_unknown = False

    def places(self):
        return [self.path + "/new", self.path + "/cur"]

    def prepare(self, home):
        if self.fresh:
            return
        for name in ("tmp", "new", "cur"):
            os.makedirs(os.path.join(home, self.path, name))
        write(os.path.join(home, self.path, "cur", OLD_NAME + ":2,S"), OLD_MAIL)
        if "/." in self.path:
            write(os.path.join(home, self.path, "maildirfolder"), b"")

    def find(self, home, message):
        found = Found()
        root = os.path.join(home, self.path)
        for path in [os.path.join(root, part, name) for part in ("new", "cur")
                     for name in entries(os.path.join(root, part))]:
            if OLD_NAME in path:
                continue
            found.add(read(path), message)
            found.problems += self.name_problems(path)
        old = os.path.join(root, "cur", OLD_NAME + ":2,S")
        if not self.fresh and (not os.path.exists(old) or read(old) != OLD_MAIL):
            found.problems.append("old mail is gone or changed")
        return found

    def name_problems(self, path):
        size = re.search(r",S=(\d+)", path)
        if not size or int(size[1]) != os.path.getsize(path):
            yield "the size in the name is wrong: " + path
        letters = re.findall(r"[a-z]", path.partition(":2,")[2])
        table = keyword_table(os.path.dirname(os.path.dirname(path)))
        if table is None or not {table.get(letter) for letter in letters} <= self.keywords:
            yield f"keyword letters {letters} of {path}, dovecot-keywords {table}"

    def leftovers(self, home):
        """Files that tmp/ still holds: a later delivery sweeps them."""
        return entries(os.path.join(home, self.path, "tmp"))


class Mbox:
    """`cut`: the old mail lacks the line ends that should follow it. `empty`: a file without mail, of which it is not
    known whether its name is on the disk."""

    def __init__(self, path, fresh=False, cut=False, empty=False):
        self.path, self.fresh, self.maker_unknown = path, fresh or empty, empty
        self.old = b"From old@example.org Mon Jan  1 00:00:00 2024\n" + OLD_MAIL + (b"" if cut else b"\n")

    def prepare(self, home):
        path = os.path.join(home, self.path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if not self.fresh or self.maker_unknown:
            write(path, b"" if self.fresh else self.old)

    def places(self):
        return [self.path]

    def find(self, home, message):
        found = Found()
        path = os.path.join(home, self.path)
        text = read(path) if os.path.exists(path) else b""
        if not self.fresh and not text.startswith(self.old):
            found.problems.append("old mail is gone or changed")
        quoted = re.sub(rb"^(>*From )", rb">\1", message, flags=re.M)
        messages = [bytes(m) for m in self.parse(path)] if text else []
        for stored in messages[0 if self.fresh else 1:]:
            found.add(stored.rstrip(b"\n") + b"\n", quoted)
        if messages and not self.fresh and messages[0].rstrip(b"\n") != OLD_MAIL.rstrip(b"\n"):
            found.problems.append("the old message reads differently: " + repr(messages[0]))
        if text and not text.startswith(b"From "):
            found.problems.append("the mbox does not begin with From_")
        return found

    @staticmethod
    def parse(path):
        box = mailbox.mbox(path, create=False)
        try:
            return [box.get_bytes(key) for key in box.keys()]
        finally:
            box.close()

    def leftovers(self, home):
        return []


def entries(directory):
    return sorted(os.listdir(directory)) if os.path.isdir(directory) else []


def keyword_table(folder):
    """Letter -> keyword; None if dovecot-keywords is no such file."""
    path = os.path.join(folder, "dovecot-keywords")
    lines = read(path).decode().splitlines() if os.path.exists(path) else []
    if any(not re.fullmatch(r"\d+ \S+", line) for line in lines):
        return None
    return {chr(ord("a") + int(number)): name for number, name in (line.split(" ") for line in lines)}
