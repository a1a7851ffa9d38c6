#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What lastmile delivered, seen by the programs that read mail: Dovecot over IMAP, Courier's imapd, mutt, s-nail and
Python; and a script that comes by Dovecot's ManageSieve."""
import base64
import glob
import imaplib
import mailbox
import os
import pty
import re
import shutil
import socket
import threading

import dovecot
import mailhost
import support

CONF = "quota = 1M\nspecial-use = \\Archive=Post\nhostname = mx.example.org\n"
LETTER = "From: Ben <ben@example.org>\nTo: alice@example.org\nSubject: {}\nDate: Sun, 22 Nov 2026 08:00:00 +0000\n\n{}\n"
SCRIPT = """require ["fileinto", "mailbox", "imap4flags", "special-use"];
if header :is "Subject" "flags" { fileinto :create :flags ["\\\\Flagged", "\\\\Seen", "$label1", "Holiday"] "Lists/Süß"; }
if header :is "Subject" "junk" { fileinto :specialuse "\\\\Junk" "Elsewhere"; }
if header :is "Subject" "archive" { fileinto :create :specialuse "\\\\Archive" "Elsewhere"; }"""
FOLDER = "Lists/S&APwA3w-"  # Süß in modified UTF-7


def setUpModule():
    for user in ("alice", "bob", "carl", "dora", "emma"):
        mailhost.user(user, SCRIPT)
    mailhost.write("/etc/lastmile.conf", CONF)
    dovecot.start("maildir:~/Maildir")


def deliver(user, subject, body="Hello.", *options):
    return mailhost.run("/usr/local/bin/lastmile", *options, "--deliver", user, "-f", "ben@example.org",
                        input=LETTER.format(subject, body))


def folders(client):
    """Their attributes by name."""
    lines = [re.match(rb'\((.*?)\) "/" "?(.*?)"?$', line) for line in client.list()[1]]
    return {line[2].decode(): line[1].decode() for line in lines}


def found(client, subject):
    return client.search(None, "SUBJECT", f'"{subject}"')[1][0].split()


class Dovecot(mailhost.Pairing):
    def setUp(self):
        self.client = dovecot.imap("alice")
        self.addCleanup(self.client.logout)

    def tearDown(self):
        complaints = [line for line in mailhost.read(dovecot.LOG).splitlines()
                      if re.search(r"Error|Warning|Panic|Fatal", line)]
        self.assertEqual(complaints, [])
        super().tearDown()

    def test_folders_flags_and_keywords(self):
        deliver("alice", "flags")
        self.assertIn(FOLDER, folders(self.client))
        self.client.select(FOLDER)
        (number,) = found(self.client, "flags")
        flags = self.client.fetch(number, "(FLAGS)")[1][0].decode()
        for flag in ("\\Flagged", "\\Seen", "$label1", "Holiday"):
            self.assertIn(flag, flags)
        # A keyword of the reader's, then once more those of the script: each keeps its meaning.
        self.client.store(number, "+FLAGS", "(Work $Forwarded)")
        deliver("alice", "flags")
        self.client.select(FOLDER)
        first, second = found(self.client, "flags")
        self.assertIn("Work", self.client.fetch(first, "(FLAGS)")[1][0].decode())
        flags = self.client.fetch(second, "(FLAGS)")[1][0].decode()
        self.assertIn("Holiday", flags)
        self.assertNotIn("Work", flags)
        self.assertIn(FOLDER, str(self.client.lsub()[1]))

    def test_special_use(self):
        for folder in ("Junk", "Post"):
            self.client.create(folder)
        deliver("alice", "junk")
        deliver("alice", "archive")
        names = folders(self.client)
        self.assertIn("\\Junk", names["Junk"])
        self.assertIn("\\Archive", names["Post"])
        self.assertNotIn("Elsewhere", names)
        for folder, subject in (("Junk", "junk"), ("Post", "archive")):
            self.client.select(folder)
            self.assertEqual(len(found(self.client, subject)), 1)

    def test_delivery_into_an_open_mailbox(self):
        """The sizes that Dovecot reads off the names are those of the messages, from the first look on."""
        self.client.select("INBOX")
        count = 40
        sender = threading.Thread(target=lambda: [deliver("alice", f"open-{n}", "Line\n" * n * 50) for n in range(count)])
        sender.start()
        seen = 0
        while sender.is_alive() or not seen:
            seen = len(found(self.client, "open-"))
            self.client.noop()
        sender.join()
        self.client.noop()
        numbers = found(self.client, "open-")
        self.assertEqual(len(numbers), count)
        answers = self.client.fetch(b",".join(numbers), "(RFC822.SIZE BODY.PEEK[])")[1]
        for announced, octets in (answer for answer in answers if isinstance(answer, tuple)):
            self.assertEqual(int(re.search(rb"RFC822.SIZE (\d+)", announced)[1]), len(octets))

    def quota(self, client):
        resources = client.getquotaroot("INBOX")[1][1][0]
        return [int(number) for number in re.search(rb"STORAGE (\d+) (\d+)", resources).groups()]

    def test_quota(self):
        client = dovecot.imap("bob")
        self.addCleanup(client.logout)
        for _ in range(3):
            deliver("bob", "quota", "x" * 76 + "\n" + "Line.\n" * 17000)
        used, limit = self.quota(client)
        files = glob.glob("/home/bob/Maildir/new/*") + glob.glob("/home/bob/Maildir/cur/*")
        self.assertEqual(limit, 1024)
        self.assertAlmostEqual(used, sum(os.path.getsize(each) for each in files) / 1024, delta=1)
        # What Dovecot adds, lastmile counts.
        self.assertEqual(client.append("INBOX", None, None, b"Subject: large\r\n\r\n" + b"Line.\r\n" * 75000)[0], "OK")
        for _ in range(2):
            deliver("bob", "quota", "Line.\n" * 17000)
        with self.assertRaisesRegex(AssertionError, "exit status 75"):
            deliver("bob", "quota", "Line.\n" * 17000)
        client.select("INBOX")
        client.store("1:*", "+FLAGS", "\\Deleted")
        client.expunge()
        deliver("bob", "quota", "Line.\n" * 17000)

    def test_script_by_manage_sieve(self):
        self.needs("/usr/lib/dovecot/managesieve")
        os.unlink("/home/carl/.sieve")
        script = b'require ["fileinto", "mailbox"]; if header :is "Subject" "walk" { fileinto :create "Walks"; }'
        login = base64.b64encode(b"\0carl\0" + dovecot.PASSWORD.encode())
        with socket.create_connection(("127.0.0.1", 4190), timeout=30) as client:
            answers = client.makefile("rb")

            def say(line):
                client.sendall(line + b"\r\n")
                while not (answer := answers.readline()).startswith((b"OK", b"NO")):
                    self.assertTrue(answer)
                self.assertTrue(answer.startswith(b"OK"), answer)
            say(b"NOOP")  # after the greeting, which ends with OK too
            say(b'AUTHENTICATE "PLAIN" "%s"' % login)
            say(b'PUTSCRIPT "mine" {%d+}\r\n%s' % (len(script), script))
            say(b'SETACTIVE "mine"')
        self.assertTrue(mailhost.eventually(lambda: os.path.islink("/home/carl/.dovecot.sieve")))
        deliver("carl", "walk")
        self.assertTrue(mailhost.mailbox("carl", ".Walks"))


class Courier(mailhost.Pairing):
    def test_folders_flags_and_octets(self):
        self.needs("imapd")
        unicode_names = "--mail=maildir:~/Maildir:utf-8"  # since its version 5
        deliver("emma", "plain", "A line.\n.\nFrom here", unicode_names)
        deliver("emma", "flags", "Hello.", unicode_names)
        client = imaplib.IMAP4_stream("su - emma -c 'imapd /home/emma/Maildir'")
        self.addCleanup(client.logout)
        client.select("INBOX")
        (number,) = found(client, "plain")
        octets = client.fetch(number, "(BODY.PEEK[])")[1][0][1]
        self.assertTrue(octets.endswith(b"\r\n\r\nA line.\r\n.\r\nFrom here\r\n"))
        self.assertEqual(client.select('"INBOX.Lists.S&APwA3w-"')[0], "OK")
        (number,) = found(client, "flags")
        self.assertIn(b"\\Flagged", client.fetch(number, "(FLAGS)")[1][0])


class Local(mailhost.Pairing):
    """Programs that open the files."""

    def test_python(self):
        deliver("dora", "flags")
        box = mailbox.Maildir("/home/dora/Maildir", create=False)
        self.assertIn("Lists.S&APwA3w-", box.list_folders())
        message = next(iter(box.get_folder("Lists.S&APwA3w-")))
        self.assertIn("F", message.get_flags())
        self.assertEqual(message["Subject"], "flags")

    def test_mutt(self):
        self.needs("mutt")
        deliver("dora", "for mutt")
        mailhost.write("/tmp/muttrc", "set confirmcreate=no quit=yes mark_old=no wait_key=no\n"
                       'push "<tag-pattern>~s\\"for mutt\\"<enter><tag-prefix><copy-message>/tmp/copied<enter><exit>"\n')
        master, slave = pty.openpty()
        mutt = mailhost.subprocess.Popen(["mutt", "-n", "-F", "/tmp/muttrc", "-f", "/home/dora/Maildir"], stdin=slave,
                                         stdout=slave, stderr=slave, env=dict(os.environ, TERM="vt100"))
        os.close(slave)
        threading.Thread(target=lambda: mailhost.drain(master), daemon=True).start()
        self.assertEqual(mutt.wait(timeout=30), 0)
        self.assertEqual(re.findall("^Subject: .*", mailhost.read("/tmp/copied"), re.M), ["Subject: for mutt"])

    def test_s_nail_on_an_mbox(self):
        self.needs("s-nail")
        locker = "/usr/libexec/s-nail-dotlock"  # as Debian installs it, if one agrees
        shutil.chown(locker, "root", "mail")
        os.chmod(locker, 0o2755)

        def read(commands):
            return mailhost.run("su", "-", "dora", "-c", "s-nail -n -S hold -f /var/mail/dora", input=commands)
        mbox = ["--mail=mbox:/var/mail/{user}", "--mail-group=mail"]
        os.chmod("/var/mail", 0o2775)
        deliver("dora", "first", "From the start\n\nFrom here", *mbox)
        deliver("dora", "second", "Hello.", *mbox)
        self.assertRegex(read("headers\nexit\n"), "(?s)first.*second")
        self.assertRegex(read("type 1\nquit\n"), "\n>?From the start\n\n>?From here\n")  # as it is quoted in the file
        read("delete 1\nquit\n")
        deliver("dora", "third", "Hello.", *mbox)
        self.assertEqual([each["Subject"] for each in mailbox.mbox("/var/mail/dora")], ["second", "third"])


if __name__ == "__main__":
    mailhost.enter("dovecot courier clients", "dovecot")
    support.main()
