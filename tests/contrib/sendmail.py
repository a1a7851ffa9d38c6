#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""sendmail with lastmile as its local mailer, from contrib/sendmail."""
import os
import shutil

import mailhost
import support

BEFORE = """divert(0)dnl
define(`_USE_ETC_MAIL_')dnl
include(`/usr/share/sendmail/cf/m4/cf.m4')dnl
OSTYPE(`debian')dnl
DOMAIN(`debian-mta')dnl
FEATURE(`no_default_msa')dnl
DAEMON_OPTIONS(`Family=inet, Name=MTA, Port=smtp, Addr=127.0.0.1')dnl
define(`confCW_FILE', `-o /etc/mail/local-host-names')dnl
"""
AFTER = "MAILER(`smtp')dnl\n"
REFUSE = 'require "ereject"; ereject "No thank you, says the script.";'
DETAIL = """require ["envelope", "subaddress", "fileinto", "mailbox", "variables"];
if envelope :detail :matches "to" "?*" { fileinto :create "${1}${2}"; }"""


def make_cf(name, source):
    mailhost.write(f"/etc/mail/{name}.mc", source)
    mailhost.write(f"/etc/mail/{name}.cf", mailhost.run("m4", f"/etc/mail/{name}.mc"))


def setUpModule():
    for name in ("smmta", "smmsp"):
        mailhost.service_user(name)
    program = "/usr/libexec/sendmail/sendmail"
    shutil.chown(program, "root", "smmsp")
    os.chmod(program, 0o2755)
    for link in ("/usr/sbin/sendmail", "/usr/bin/newaliases"):
        if os.path.lexists(link):
            os.unlink(link)
        os.symlink(program, link)
    make_cf("sendmail", BEFORE + mailhost.read(mailhost.CONTRIB + "/sendmail/lastmile.mc") + AFTER)
    make_cf("submit", mailhost.read("/usr/share/sendmail/cf/debian/submit.mc"))
    mailhost.write("/etc/mail/local-host-names", mailhost.NAME + "\n")
    mailhost.write("/etc/mail/aliases", "info: ben\n")
    for path, owner in (("/var/spool/mqueue", "root"), ("/var/spool/mqueue-client", "smmsp"), ("/var/lib/sendmail", "root"),
                        ("/run/sendmail/mta", "root")):
        os.makedirs(path, exist_ok=True)
        shutil.chown(path, owner, "smmsp" if owner == "smmsp" else "root")
        os.chmod(path, 0o2770)
    mailhost.run("newaliases")
    for name, script in (("ben", None), ("carl", REFUSE), ("dora", 'redirect "ben@mx.example.org";'), ("emil", DETAIL),
                         ("sender", None), ("locked", None)):
        mailhost.user(name, script)
    mailhost.start(program, "-bD", "-q1h")
    mailhost.listening(25)


class Sendmail(mailhost.Pairing):
    def send(self, subject, *users, **options):
        mailhost.send(subject, [user + "@mx.example.org" for user in users], "sender@mx.example.org", **options)

    def arrived(self, user, subject, folder=""):
        return mailhost.arrived(user, f"Subject: {subject}\n", folder)

    def test_each_recipient_has_a_fate_of_his_own(self):
        os.chmod("/home/locked", 0o500)
        self.send("fates", "ben", "locked", "carl")
        self.assertTrue(self.arrived("ben", "fates"))
        bounce = mailhost.arrived("sender", "Subject: fates")
        self.assertIn("No thank you, says the script.", bounce)
        self.assertTrue(mailhost.logged(r"to=<locked@.*dsn=4\.2\.0,.* stat=Deferred"))
        os.chmod("/home/locked", 0o700)
        mailhost.run("/usr/libexec/sendmail/sendmail", "-q")
        self.assertTrue(self.arrived("locked", "fates"))
        self.assertEqual(sum("Subject: fates\n" in each for each in mailhost.mailbox("ben")), 1)

    def test_trace_fields_and_octets(self):
        self.send("trace", "ben", text=mailhost.MESSAGE + ".\r\n.dot\r\nFrom me\r\n\r\n" + "x" * 900 + "\r\n")
        message = self.arrived("ben", "trace")
        self.assertTrue(message.startswith("Return-Path: <sender@mx.example.org>\nDelivered-To: ben\n"), message)
        self.assertTrue(message.endswith("\n\nHello.\n.\n.dot\nFrom me\n\n" + "x" * 900 + "\n"), message)

    def test_alias(self):
        self.send("alias", "info")
        self.assertTrue(self.arrived("ben", "alias"))

    def test_plus_address(self):
        self.send("plus", "emil+walks")
        self.assertTrue(self.arrived("emil", "plus", ".walks"))

    def test_unknown_recipient(self):
        self.send("nobody-home", "nemo")
        self.assertIn("5.1.1", mailhost.arrived("sender", "Subject: nobody-home"))

    def test_redirect(self):
        self.send("redirected", "dora")
        self.assertIn("Return-Path: <sender@mx.example.org>\n", self.arrived("ben", "redirected"))

    def test_success_is_told_to_who_asks(self):
        self.send("receipt", "ben", options=["ENVID=QQ314159"], recipient_options=["NOTIFY=SUCCESS"])
        receipt = mailhost.arrived("sender", "Subject: receipt")
        self.assertIn("Original-Envelope-Id: QQ314159", receipt)
        self.assertRegex(receipt, "Action: (delivered|relayed)")


if __name__ == "__main__":
    mailhost.enter("sendmail", "/usr/libexec/sendmail/sendmail", "m4")
    support.main()
