#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The same mail through procmail with a procmailrc, and through lastmile with what procmail2sieve makes of it: it has
to arrive in the same folders and at the same addresses."""
import os
import re
import shutil
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.join(HERE, "..", "integration"))
import messages  # noqa: E402
import support  # noqa: E402

CONVERTER = os.path.join(HERE, "..", "..", "contrib", "procmail2sieve")
COUNT = 200
NUMBER = re.compile(rb"^X-Number: (\d+)$", re.M)
MAILER = """#!/bin/sh
# Writes down who would get the message.
number=$(sed -n 's/^X-Number: //p')
while [ $# -gt 0 ]; do
  case $1 in -f) shift;; -*) ;; *@*) echo "$number $1" >> "$LOG";; esac
  shift
done
"""


def numbers_in(path):
    with open(path, "rb") as file:
        return [int(number) for number in NUMBER.findall(file.read())]


def words(text):
    return set(text.split())


def canonical(folder):
    return folder.strip("/.").replace(".", "/")


class Filed:
    """number of the message -> the places where it is."""

    def __init__(self):
        self.places = {}

    def add(self, number, place):
        self.places.setdefault(number, []).append(place)

    def read_forwards(self, log):
        with open(log, encoding="ascii") as lines:
            for line in lines:
                number, address = line.split()
                self.add(int(number), "! " + address)

    def of(self, number):
        return sorted(self.places.get(number, []))


def style_and_folder(directory, file):
    """The folder that a file of procmail's is, or belongs to."""
    if os.path.basename(directory) == "new":
        return os.path.dirname(directory)
    if os.path.basename(directory) in ("tmp", "cur"):
        return None
    return directory if file.isdigit() else os.path.join(directory, file)


def filed_by_procmail(home, roots, inboxes):
    filed = Filed()
    for root in roots:
        for directory, _, files in os.walk(os.path.join(home, root)):
            for file in files:
                folder = style_and_folder(directory, file)
                if folder is None or file.endswith((".inc", ".cache", "log")):
                    continue
                name = os.path.relpath(folder, os.path.join(home, root))
                inbox = os.path.relpath(folder, home) in inboxes
                for number in numbers_in(os.path.join(directory, file)):
                    filed.add(number, "INBOX" if inbox else canonical(name))
    return filed


def filed_by_lastmile(maildir):
    filed = Filed()
    for directory, _, files in os.walk(maildir):
        if os.path.basename(directory) != "new":
            continue
        name = canonical(os.path.relpath(os.path.dirname(directory), maildir))
        for file in files:
            for number in numbers_in(os.path.join(directory, file)):
                filed.add(number, name or "INBOX")
    return filed


class Filing(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.world = support.World()
        self.addCleanup(self.world.close)
        self.mailer = self.world.path("sendmail")
        self.logs = {}
        for who in ("procmail", "lastmile"):
            self.logs[who] = self.world.path("sent-" + who)
            open(self.logs[who], "wb").close()
            os.chmod(self.logs[who], 0o666)
            with open(f"{self.mailer}-{who}", "w", encoding="ascii") as file:
                file.write(MAILER.replace("$LOG", self.logs[who]))
            os.chmod(f"{self.mailer}-{who}", 0o755)

    def procmail_home(self, rc, roots):
        home = self.world.path("old-home")
        for directory in roots + ["Mail/lists", "Mail/nobody"]:  # procmail makes none for a file
            os.makedirs(os.path.join(home, directory), exist_ok=True)
        shutil.copy(os.path.join(HERE, "rc", rc), os.path.join(home, "rc"))
        for name in ("lists.inc", "rest.inc"):
            shutil.copy(os.path.join(HERE, "rc", name), os.path.join(home, "Mail"))
        return home

    def procmail(self, home, mail):
        environment = {"PATH": "/usr/bin:/bin", "HOME": home, "LOGNAME": "alice"}
        for sender, message in mail:
            line = f"From {sender or 'MAILER-DAEMON'} Mon Nov  2 09:15:00 2026\n".encode()
            subprocess.run(["procmail", "-m", f"HOME={home}", "LOGNAME=alice", "SHELL=/bin/sh",
                            f"SENDMAIL={self.mailer}-procmail", f"{home}/rc"], input=line + message, env=environment,
                           check=False, timeout=30, capture_output=True, cwd=home)

    def converted(self, home):
        done = subprocess.run([sys.executable, CONVERTER, f"--set=HOME={home}", "--set=LOGNAME=alice", f"{home}/rc"],
                              capture_output=True, encoding="utf-8", check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def lastmile(self, script, mail):
        home = self.world.user("alice", script)
        for sender, message in mail:
            done = subprocess.run(self.world.command("--deliver", "alice", "-f", sender, "--log=stderr",
                                                     f"--sendmail={self.mailer}-lastmile"),
                                  input=message, capture_output=True, timeout=30)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertNotIn(b"error", done.stderr)
        return os.path.join(home, "Maildir")

    def compare(self, rc, roots, inboxes):
        """Returns the places that had mail: recipes that no message reaches would say nothing."""
        mail = messages.generate(COUNT)
        home = self.procmail_home(rc, roots)
        script = self.converted(home)
        self.procmail(home, mail)
        old = filed_by_procmail(home, roots, inboxes)
        new = filed_by_lastmile(self.lastmile(script, mail))
        old.read_forwards(self.logs["procmail"])
        new.read_forwards(self.logs["lastmile"])
        differences = [f"{number}: procmail {old.of(number)}, lastmile {new.of(number)}\n{mail[number][0]}\n"
                       + mail[number][1][:1500].decode() for number in range(COUNT) if old.of(number) != new.of(number)]
        self.assertEqual(differences[:3], [], f"{len(differences)} of {COUNT} differ\n{script}")
        return {place for number in range(COUNT) for place in old.of(number)}

    def test_mbox(self):
        places = self.compare("mbox.rc", ["Mail"], ["Mail/inbox"])
        self.assertEqual(places, words("INBOX adverts bills bounces daemons friends large lists/birds lists/other "
                                       "lists/walks many maybe-spam spam urgent"))

    def test_maildir(self):
        places = self.compare("maildir.rc", ["Maildir"], ["Maildir"])
        self.assertEqual(places, words("Anne Answers Archive Attachments Empty INBOX Junk Lists/birds Lists/stones "
                                       "Lists/walks NotToMe"))

    def test_blocks(self):
        places = self.compare("blocks.rc", ["Mail", "Maildir"], ["Maildir"])
        self.assertEqual(places, words("INBOX ben-copies birds lists meetings reports reports-cc totals urgent walks")
                         | {"! accounts@example.com", "! boss@example.com", "! office@example.com"})

    def test_scores(self):
        places = self.compare("scores.rc", ["Mail"], ["Mail/inbox"])
        self.assertEqual(places, words("INBOX dear east foreign greetings interesting lunch money numbered "
                                       "offers relay words"))

    def test_programs(self):
        places = self.compare("programs.rc", ["Mail"], ["Mail/inbox"])
        self.assertEqual(places, words("INBOX duplicates from-ben lists/birds lists/walks net nobody/answers "
                                       "nobody/walks priority spam"))


if __name__ == "__main__":
    if shutil.which("procmail") is None or shutil.which("formail") is None:
        support.skip("procmail is not installed")
    support.main()
