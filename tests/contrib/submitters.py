#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""msmtp and nullmailer as the sendmail that lastmile redirects and answers through, to a smarthost that writes down
what it gets."""
import os
import shutil
import socketserver
import threading

import mailhost
import support

LETTER = "From: Ben <ben@example.org>\nTo: alice@mx.example.org\nSubject: {}\n\n.\nFrom here\n"
SCRIPTS = {"anne": 'require "vacation"; vacation "I am away.";', "ben": 'redirect "-carl@example.net";',
           "dora": 'redirect "carl@example.net";'}


class Smarthost(socketserver.StreamRequestHandler):
    offers = ["PIPELINING", "8BITMIME", "DSN"]
    received = []  # commands of the envelope and text of each message

    def say(self, *lines):
        for line in lines[:-1]:
            self.wfile.write(b"250-" + line.encode() + b"\r\n")
        self.wfile.write(lines[-1].encode() + b"\r\n")

    def handle(self):
        envelope = []
        self.say("220 smarthost")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb == "EHLO":
                self.say("smarthost", *self.offers, "250 HELP")
            elif verb == "DATA":
                self.say("354 go on")
                self.received.append((envelope, self.text()))
                envelope = []
                self.say("250 taken")
            else:
                if verb in ("MAIL", "RCPT"):
                    envelope.append(line)
                self.say("221 bye" if verb == "QUIT" else "250 ok")

    def text(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines).decode()


def setUpModule():
    for user, script in SCRIPTS.items():
        mailhost.user(user, script)
    mailhost.write("/etc/hosts", "127.0.0.1 smarthost.example.org\n", append=True)
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 25), Smarthost)
    threading.Thread(target=server.serve_forever, daemon=True).start()


class Submitter(mailhost.Pairing):
    def deliver(self, user, subject, sender="ben@example.org"):
        return mailhost.run("/usr/local/bin/lastmile", "--deliver", user, "-f", sender, input=LETTER.format(subject))

    def sent(self, subject):
        """Envelope and text of what came to the smarthost."""
        return mailhost.eventually(lambda: next((each for each in Smarthost.received if subject in each[1]), None))

    def try_it(self, name, user="ben", address="-carl@example.net"):
        self.deliver(user, name)
        (sender, recipient), text = self.sent(f"Subject: {name}\r\n")
        self.assertTrue(sender.startswith("MAIL FROM:<ben@example.org>"), sender)
        self.assertTrue(recipient.startswith(f"RCPT TO:<{address}>"), recipient)
        self.assertTrue(text.endswith("\r\n\r\n.\r\nFrom here\r\n"), text)
        self.deliver(user, name + "-null", "<>")
        self.assertTrue(self.sent(f"Subject: {name}-null\r\n")[0][0].startswith("MAIL FROM:<>"))
        shutil.rmtree("/home/anne/.lastmile", ignore_errors=True)
        Smarthost.received.clear()
        mailhost.run("/usr/local/bin/lastmile", "--deliver", "anne", "-f", "ben@example.org",
                     "--sieve_vacation_check_recipient=no", input=LETTER.format(name))
        (sender, recipient), text = self.sent("I am away.")
        self.assertTrue(sender.startswith("MAIL FROM:<>"), sender)
        self.assertTrue(recipient.startswith("RCPT TO:<ben@example.org>"), recipient)

    def test_msmtp(self):
        self.needs("msmtp")
        mailhost.run("cp", mailhost.CONTRIB + "/msmtp/msmtprc", "/etc/msmtprc")
        mailhost.write("/etc/lastmile.conf", "sendmail = /usr/bin/msmtp\n")
        self.try_it("msmtp")
        Smarthost.offers = ["PIPELINING"]
        self.addCleanup(setattr, Smarthost, "offers", ["PIPELINING", "8BITMIME", "DSN"])
        self.try_it("msmtp-plain")
        session = "LHLO x\nMAIL FROM:<ben@example.org>\nRCPT TO:<ben@x> NOTIFY=SUCCESS\nDATA\nSubject: told\n\n.\nQUIT\n"
        self.assertIn("250 2.0.0", mailhost.run("/usr/local/bin/lastmile", input=session.replace("\n", "\r\n")))
        self.assertTrue(self.sent("Subject: told\r\n"))

    def test_nullmailer(self):
        self.needs("nullmailer-inject")
        for path in ("/var/spool/nullmailer/queue", "/var/spool/nullmailer/tmp", "/var/spool/nullmailer/failed"):
            os.makedirs(path, exist_ok=True)
        mailhost.run("mkfifo", "-m", "622", "/var/spool/nullmailer/trigger")
        mailhost.run("chown", "-R", "mail:", "/var/spool/nullmailer")
        shutil.chown("/usr/sbin/nullmailer-queue", "mail", "mail")
        os.chmod("/usr/sbin/nullmailer-queue", 0o4755)
        mailhost.run("cp", mailhost.CONTRIB + "/nullmailer/remotes", "/etc/nullmailer/remotes")
        mailhost.write("/etc/lastmile.conf", "sendmail = /usr/sbin/sendmail\n")
        mailhost.start("nullmailer-send", user="mail")
        self.try_it("nullmailer", "dora", "carl@example.net")


if __name__ == "__main__":
    mailhost.enter("clients nullmailer")
    support.main()
