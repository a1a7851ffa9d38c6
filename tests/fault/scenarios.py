# SPDX-License-Identifier: MIT
"""The deliveries at which faults are put."""
from dataclasses import dataclass

from mailboxes import Maildir, Mbox, write

MESSAGE = b"""From: Ben <ben@example.org>
To: Anne <anne@example.org>
Message-ID: <one.two@example.org>
Subject: to be kept
Date: Mon, 2 Nov 2026 09:15:00 +0100

From here to there,
.and a dot, and lines:
""" + b"".join(b"%d bottles of beer on the wall.\n" % i for i in range(40))
LARGE = MESSAGE + b"A line of some length, over and over again, until no memory holds it.\n" * 5000

THREE = 'require ["fileinto","copy","mailbox"]; fileinto :copy "One"; fileinto :copy :create "Two/Deep";'
QUOTA = ("--quota=10M,1000messages",)


@dataclass
class Scenario:
    name: str
    mailboxes: list
    script: str = ""
    options: tuple = ()
    missing: tuple = ()  # what the filesystem cannot do, as inject(1) takes it
    message: bytes = MESSAGE
    redirects: bool = False
    files: tuple = ()  # more files of the home: (path, octets)

    def prepare(self, place):
        place.make_home(self.script, self.mailboxes)
        for path, octets in self.files:
            write(place.home + "/" + path, octets)
        place.give()


def maildir_folders():
    return [Maildir("Maildir"), Maildir("Maildir/.One"), Maildir("Maildir/.Two.Deep", fresh=True)]


SCENARIOS = [
    Scenario("maildir", [Maildir("Maildir")]),
    Scenario("maildir-new", [Maildir("Maildir", fresh=True)]),
    Scenario("maildir-named", [Maildir("Maildir")], missing=("--no-unnamed-files",)),
    Scenario("maildir-rename", [Maildir("Maildir")], missing=("--no-unnamed-files", "--no-links")),
    Scenario("maildir-large", [Maildir("Maildir")], message=LARGE),
    Scenario("folders", maildir_folders(), THREE),
    Scenario("keywords", [Maildir("Maildir", keywords=("$label1", "project"))],
             'require "imap4flags"; addflag ["\\\\Flagged", "$label1", "project"]; keep;',
             files=(("Maildir/dovecot-keywords", b"0 project\n"),)),
    Scenario("quota", [Maildir("Maildir")], options=QUOTA,
             files=(("Maildir/maildirsize", b"10485760S,1000C\n100 1\n"),)),
    Scenario("quota-count", [Maildir("Maildir")], options=QUOTA),
    Scenario("mbox", [Mbox("mbox")], options=("--mail=mbox:~/mbox",)),
    Scenario("mbox-named", [Mbox("mbox")], options=("--mail=mbox:~/mbox",), missing=("--no-unnamed-files",)),
    Scenario("mbox-new", [Mbox("mbox", fresh=True)], options=("--mail=mbox:~/mbox", "--mbox-locks=dotlock,fcntl,flock")),
    Scenario("mbox-empty", [Mbox("mbox", empty=True)], options=("--mail=mbox:~/mbox",)),
    Scenario("mbox-large", [Mbox("mbox", cut=True)], options=("--mail=mbox:~/mbox",), message=LARGE),
    Scenario("mbox-folders", [Mbox("mbox"), Mbox("mail/One"), Mbox("mail/Two/Deep", fresh=True)], THREE,
             options=("--mail=mbox:~/mbox",)),
    Scenario("mixed", [Mbox("mbox"), Maildir("Maildir/.One"), Maildir("Maildir/.Two.Deep", fresh=True)], THREE,
             options=("--mail=mbox:~/mbox", "--folders=maildir:~/Maildir")),
    Scenario("redirect", [Maildir("Maildir")], 'require "copy"; redirect :copy "carl@example.net";', redirects=True),
    Scenario("redirect-mbox", [Mbox("mbox")], 'redirect "carl@example.net"; keep;', options=("--mail=mbox:~/mbox",),
             redirects=True),
    Scenario("duplicate", [Maildir("Maildir")], 'require "duplicate"; if duplicate { discard; }'),
    Scenario("vacation", [Maildir("Maildir")], 'require "vacation"; vacation "Away.";'),
]
