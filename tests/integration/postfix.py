#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""End to end with a real Postfix: its own configuration, queue and log in a directory of the test, one smtpd on a free
port of the loopback, lastmile behind spawn(8) and lmtp:unix:. Nothing of the system's Postfix is read or written."""
import glob
import os
import re
import shutil
import smtplib
import socket
import subprocess
import time
import unittest

import support

MAIN_CF = """\
compatibility_level = 3.6
queue_directory = {root}/queue
data_directory = {root}/data
maillog_file = {root}/log
maillog_file_prefixes = {root}
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.example.org
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
local_recipient_maps =
disable_dns_lookups = yes
smtputf8_enable = yes
virtual_mailbox_domains = example.org
virtual_mailbox_maps =
virtual_alias_maps = inline:{{ {{ info@example.org = anne+info@example.org }} }}
virtual_transport = lmtp:unix:private/lastmile
default_transport = error:nothing leaves this test
recipient_delimiter = +
lastmile_time_limit = 100s
minimal_backoff_time = 1s
queue_run_delay = 1s
bounce_queue_lifetime = 1h
"""
MASTER_CF = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
lastmile unix - n n - 20 spawn
  user=nobody argv={command}
"""
MESSAGE = "From: {sender}\r\nTo: undisclosed\r\nSubject: {subject}\r\nMessage-ID: <{subject}@example.org>\r\n\r\nHello.\r\n"
# What lastmile takes for sendmail(1): that of the system's Postfix would read the system's configuration.
SENDMAIL = """\
#!/usr/bin/python3
import getopt, smtplib, sys
options, recipients = getopt.getopt(sys.argv[1:], "if:N:R:V:")
sender = dict(options)["-f"].replace("<>", "")
with smtplib.SMTP("127.0.0.1", {port}) as client:
    client.sendmail(sender, recipients, sys.stdin.buffer.read())
"""
LISTS = """require ["fileinto", "mailbox"];
if header :is "Subject" "several" { fileinto :create "Lists"; }"""
REFUSE = 'require "ereject"; ereject "No thank you, says the script.";'


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def eventually(question, seconds=30):
    """What `question` answers once that is true."""
    end = time.monotonic() + seconds
    while True:
        answer = question()
        if answer or time.monotonic() > end:
            return answer
        time.sleep(0.1)


class Mail:
    """The Postfix of the test, with its users."""

    def __init__(self, *options, sendmail=SENDMAIL):
        """With these options of lastmile; `sendmail` is the program, with a place for Postfix's {port}."""
        self.world = support.World()
        self.root = self.world.root
        self.config = self.world.path("config")
        self.port = free_port()
        for name in ("config", "queue", "data", "bin"):
            os.mkdir(self.world.path(name), 0o755)
        shutil.chown(self.world.path("data"), "postfix")
        program = self.world.path("bin", "lastmile")  # the build directory may be closed to others
        shutil.copy(support.BINARY, program)
        submit = self.world.path("bin", "sendmail")
        with open(submit, "w", encoding="utf-8") as file:
            file.write(sendmail.format(port=self.port))
        os.chmod(submit, 0o755)
        command = [program] + self.world.command(f"--sendmail={submit}", *options)[1:]
        self.write("main.cf", MAIN_CF.format(root=self.root))
        self.write("master.cf", MASTER_CF.format(port=self.port, command=" ".join(command)))
        self.postfix("start")

    def write(self, name, text):
        with open(os.path.join(self.config, name), "w", encoding="utf-8") as file:
            file.write(text)

    def postfix(self, *words):
        subprocess.run(["postfix", "-c", self.config, *words], check=True, capture_output=True, timeout=60)

    def close(self):
        self.postfix("stop")
        self.world.close()

    def log(self):
        try:
            with open(self.world.path("log"), encoding="utf-8", errors="replace") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    def logged(self, pattern):
        return eventually(lambda: re.search(pattern, self.log()))

    def send(self, subject, sender, recipients, options=(), recipient_options=()):
        with smtplib.SMTP("127.0.0.1", self.port, timeout=30) as client:
            text = MESSAGE.format(sender=sender, subject=subject)
            client.ehlo("client.example.org")
            client.mail(sender, list(options))
            for recipient in recipients:
                code, answer = client.rcpt(recipient, list(recipient_options))
                if code != 250:
                    raise smtplib.SMTPRecipientsRefused({recipient: (code, answer)})
            code, answer = client.data(text.encode())
            if code != 250:
                raise smtplib.SMTPDataError(code, answer)

    def send_utf8(self, subject, sender, recipient):
        with smtplib.SMTP("127.0.0.1", self.port, timeout=30) as client:
            client.ehlo("client.example.org")
            client.command_encoding = "utf-8"
            client.mail(sender, ["SMTPUTF8", "BODY=8BITMIME"])
            client.rcpt(recipient)
            client.data(MESSAGE.format(sender=sender, subject=subject).encode())

    def mailbox(self, user, folder=""):
        contents = []
        for name in glob.glob(os.path.join(self.world.home(user), "Maildir", folder, "new", "*")):
            with open(name, encoding="utf-8") as file:
                contents.append(file.read())
        return contents

    def arrived(self, user, text, folder=""):
        """The message in the user's folder that holds the text, waited for."""
        return eventually(lambda: next((each for each in self.mailbox(user, folder) if text in each), None))


class Postfix(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mail = Mail()
        cls.addClassCleanup(cls.mail.close)
        for user in ("ben", "sender", "jürgen"):
            cls.mail.world.user(user)
        cls.mail.world.user("anne", LISTS)
        cls.mail.world.user("carl", REFUSE)
        cls.mail.world.user("dora", 'redirect "ben@example.org";')
        cls.locked = cls.mail.world.user("locked")
        if not eventually(lambda: "daemon started" in cls.mail.log()):
            raise RuntimeError("Postfix did not start:\n" + cls.mail.log())

    def tearDown(self):
        outcome = getattr(self._outcome, "result", None)
        if outcome and any(test is self for test, _ in outcome.failures + outcome.errors):
            print(self.mail.log())

    def test_each_recipient_has_a_fate_of_his_own(self):
        os.chmod(self.locked, 0o500)
        self.mail.send("several", "sender@example.org",
                       ["anne@example.org", "ben@example.org", "locked@example.org", "carl@example.org"])
        self.assertTrue(self.mail.arrived("anne", "Subject: several", ".Lists"))
        self.assertTrue(self.mail.arrived("ben", "Subject: several"))
        self.assertTrue(self.mail.logged(r"to=<locked@example\.org>.*dsn=4\.2\.0, status=deferred"))
        bounce = self.mail.arrived("sender", "Undelivered Mail")
        self.assertIn("No thank you, says the script.", bounce)
        self.assertIn("<carl@example.org>", bounce)
        self.assertIn("Status: 5.7.1", bounce)
        os.chmod(self.locked, 0o755)
        self.mail.postfix("flush")
        self.assertTrue(self.mail.arrived("locked", "Subject: several"))
        self.assertEqual(len([each for each in self.mail.mailbox("ben") if "Subject: several" in each]), 1)

    def test_unknown_recipient_bounces(self):
        self.mail.send("nobody-home", "sender@example.org", ["nemo@example.org"])
        self.assertTrue(self.mail.logged(r"to=<nemo@example\.org>.*dsn=5\.1\.1, status=bounced"))

    def test_smtputf8(self):
        self.mail.send_utf8("grüße", "zoë@example.org", "jürgen@example.org")
        message = self.mail.arrived("jürgen", "Subject: grüße")
        self.assertTrue(message)
        self.assertIn("Return-Path: <zoë@example.org>\n", message)
        self.assertIn("Delivered-To: jürgen@example.org\n", message)

    def test_original_recipient(self):
        self.mail.send("alias", "sender@example.org", ["info@example.org"])
        message = self.mail.arrived("anne", "Subject: alias")
        self.assertIn("X-Original-To: info@example.org\n", message)
        self.assertIn("Delivered-To: anne+info@example.org\n", message)

    def test_plus_address(self):
        self.mail.send("plus", "sender@example.org", ["ben+detail@example.org"])
        message = self.mail.arrived("ben", "Subject: plus")
        self.assertIn("Delivered-To: ben+detail@example.org\n", message)

    def test_success_is_told_to_who_asks(self):
        self.mail.send("receipt", "sender@example.org", ["ben@example.org"], ["ENVID=QQ314159"], ["NOTIFY=SUCCESS"])
        self.assertTrue(self.mail.arrived("ben", "Subject: receipt"))
        receipt = self.mail.arrived("sender", "Action: delivered")
        self.assertIn("Original-Envelope-Id: QQ314159", receipt)
        self.assertRegex(receipt, "Final-Recipient: rfc822; ?ben@example.org")

    def test_redirect_goes_through_sendmail(self):
        self.mail.send("redirected", "sender@example.org", ["dora@example.org"])
        message = self.mail.arrived("ben", "Subject: redirected")
        self.assertTrue(message)
        self.assertIn("Return-Path: <sender@example.org>\n", message)
        self.assertEqual(self.mail.mailbox("dora"), [])

    def test_a_connection_carries_many_messages(self):
        for number in range(20):
            self.mail.send(f"many-{number}", "sender@example.org", ["ben@example.org"])
        for number in range(20):
            self.assertTrue(self.mail.arrived("ben", f"Subject: many-{number}\n"))


if __name__ == "__main__":
    if os.geteuid() != 0:
        support.skip("a Postfix of one's own needs root")
    if not os.path.exists("/usr/lib/postfix/sbin/master"):
        support.skip("Postfix is not installed")
    support.main()
