#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Exim 4 as Debian configures it, with the router and the transports of contrib/exim."""
import os
import shutil

import mailhost
import support

SETTINGS = """\
dc_eximconfig_configtype='local'
dc_other_hostnames='mx.example.org'
dc_local_interfaces='127.0.0.1'
dc_readhost=''
dc_relay_domains=''
dc_minimaldns='true'
dc_relay_nets=''
dc_smarthost=''
CFILEMODE='644'
dc_use_split_config='true'
dc_hide_mailname=''
dc_mailname_in_oh='true'
dc_localdelivery='mail_spool'
"""
CONF = "/etc/exim4/conf.d"
ROUTER = CONF + "/router/890_lastmile"
TCP, SOCKET = ("127.0.0.1", 24), "/run/lastmile/lmtp"
REFUSE = 'require "ereject"; ereject "No thank you, says the script.";'
DETAIL = """require ["envelope", "subaddress", "fileinto", "mailbox", "variables"];
if envelope :detail :matches "to" "?*" { fileinto :create "${1}${2}"; }"""


def transport(name):
    """Exim delivers by this transport from now on."""
    router = mailhost.read(mailhost.CONTRIB + "/exim/router/890_lastmile")
    mailhost.write(ROUTER, router.replace("transport = lastmile\n", f"transport = {name}\n"))
    mailhost.run("update-exim4.conf")


def setUpModule():
    mailhost.service_user("Debian-exim")
    for path in ("/var/spool/exim4", "/var/log/exim4"):
        os.makedirs(path, exist_ok=True)
        shutil.chown(path, "Debian-exim", "Debian-exim")
    mailhost.write("/etc/exim4/update-exim4.conf.conf", SETTINGS)
    mailhost.write(CONF + "/main/00_local", "dsn_advertise_hosts = *\nMAIN_SMTPUTF8_ADVERTISE_HOSTS = *\n"
                   "log_file_path = syslog\nsyslog_timestamp = no\n")
    mailhost.run("cp", mailhost.CONTRIB + "/exim/transport/30_lastmile", CONF + "/transport/")
    transport("lastmile")
    mailhost.start("exim4", "-bdf", "-q1h")
    mailhost.listening(25)
    for name, script in (("ben", None), ("carl", REFUSE), ("dora", 'redirect "ben@mx.example.org";'),
                         ("emil", DETAIL), ("sender", None), ("locked", None)):
        mailhost.user(name, script)
    os.mkdir("/run/lastmile")
    for address in (TCP, SOCKET):
        support.Server(address, ["/usr/local/bin/lastmile"])
    os.chmod(SOCKET, 0o666)


class Exim(mailhost.Pairing):
    """What holds for each of the transports."""
    transport = "lastmile"

    @classmethod
    def setUpClass(cls):
        transport(cls.transport)

    def send(self, subject, *users, **options):
        mailhost.send(f"{subject}-{self.transport}", [user + "@mx.example.org" for user in users],
                      "sender@mx.example.org", **options)

    def arrived(self, user, subject, folder=""):
        return mailhost.arrived(user, f"Subject: {subject}-{self.transport}\n", folder)

    def test_each_recipient_has_a_fate_of_his_own(self):
        os.chmod("/home/locked", 0o500)
        self.send("fates", "ben", "locked", "carl")
        self.assertTrue(self.arrived("ben", "fates"))
        bounce = mailhost.arrived("sender", f"fates-{self.transport}")
        self.assertIn("No thank you, says the script.", bounce)
        self.assertIn("carl@mx.example.org", bounce)
        os.chmod("/home/locked", 0o700)
        mailhost.run("exim4", "-qff")
        self.assertTrue(self.arrived("locked", "fates"))
        self.assertEqual(sum(f"fates-{self.transport}\n" in each for each in mailhost.mailbox("ben")), 1)

    def test_trace_fields_and_octets(self):
        self.send("trace", "ben", text=mailhost.MESSAGE + ".\r\n.dot\r\nFrom me\r\n\r\n" + "x" * 900 + "\r\n")
        message = self.arrived("ben", "trace")
        self.assertTrue(message.startswith("Return-Path: <sender@mx.example.org>\nDelivered-To: ben@mx.example.org\n"))
        self.assertTrue(message.endswith("\n\nHello.\n.\n.dot\nFrom me\n\n" + "x" * 900 + "\n"), message)

    def test_plus_address(self):
        self.send("plus", "emil+Walks")
        self.assertTrue(self.arrived("emil", "plus", ".Walks"))

    def test_redirect(self):
        self.send("redirected", "dora")
        self.assertIn("Return-Path: <sender@mx.example.org>\n", self.arrived("ben", "redirected"))

    def test_utf8(self):
        text = mailhost.MESSAGE.format(sender="zoë@example.org", subject="grüße-" + self.transport)
        with mailhost.smtplib.SMTP("127.0.0.1", 25, timeout=30) as client:
            client.ehlo("client.example.org")
            client.command_encoding = "utf-8"
            client.mail("zoë@example.org", ["SMTPUTF8", "BODY=8BITMIME"])
            self.assertEqual(client.rcpt("ben@mx.example.org")[0], 250)
            self.assertEqual(client.data(text.encode())[0], 250)
        self.assertIn("Return-Path: <zoë@example.org>\n", self.arrived("ben", "grüße"))


class Socket(Exim):
    transport = "lastmile_socket"


class Tcp(Exim):
    transport = "lastmile_tcp"

    def test_chunks(self):
        self.send("chunks", "ben", text=mailhost.MESSAGE + "A line of a large message.\r\n" * 200000)
        self.assertEqual(self.arrived("ben", "chunks").count("A line of a large message.\n"), 200000)
        self.assertTrue(mailhost.logged(r"=> ben@.*T=lastmile_tcp .* K C="))  # that is what Exim logs of BDAT

    def test_success_is_told_to_who_asks(self):
        self.send("receipt", "ben", options=["ENVID=QQ314159"], recipient_options=["NOTIFY=SUCCESS"])
        receipt = mailhost.arrived("sender", "Action: delivered")
        self.assertIn("Original-Envelope-Id: QQ314159", receipt)
        self.assertIn("Final-Recipient: rfc822; ben@mx.example.org", receipt)

    def test_redirect_for_one_who_wants_to_be_told(self):
        self.send("told", "dora", recipient_options=["NOTIFY=SUCCESS,FAILURE"])
        self.assertTrue(self.arrived("ben", "told"))


if __name__ == "__main__":
    mailhost.enter("exim", "exim4")
    support.main()
