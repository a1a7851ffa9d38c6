#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""contrib/example-host as its administrator and users meet it: set up, a user added, mail over SMTP, read over IMAP, a
script uploaded by ManageSieve.

The host is this machine once more: an overlay of its files, which takes all changes and goes away with the test, in
namespaces of its own for mounts, processes and network, so that it has the ports 25, 143, 587 and 4190.

usage: example_host.py LASTMILE"""
import base64
import imaplib
import os
import shutil
import smtplib
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest

LASTMILE = os.path.abspath(sys.argv[1])
CONTRIB = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", "contrib"))
PASSWORD = "open sesame"
STRANGER = "192.0.2.25"  # who sends from here is none of the host's own
SKIPPED = 77


def run(*command, stdin=""):
    with tempfile.TemporaryFile("w+") as output:  # no pipe: a daemon would keep it open
        done = subprocess.run(command, input=stdin, stdout=output, stderr=output, text=True, timeout=120, check=False)
        if done.returncode != 0:
            output.seek(0)
            raise AssertionError(f"{' '.join(command)} ended with {done.returncode}: {output.read()}")


def skip(reason):
    print("skipped: " + reason)
    sys.exit(SKIPPED)


def enter_a_host_of_our_own(root):
    """The calling process gets the other root; what was mounted goes with its mount namespace."""
    try:
        run("mount", "-t", "tmpfs", "none", root)
        for name in "upper", "work", "host":
            os.mkdir(os.path.join(root, name))
        host = os.path.join(root, "host")
        run("mount", "-t", "overlay", "overlay",
            "-o", f"lowerdir=/,upperdir={root}/upper,workdir={root}/work", host)
        run("mount", "-t", "proc", "proc", host + "/proc")
        run("mount", "--rbind", "/dev", host + "/dev")
        for name in "run", "tmp":  # of the machine's own daemons nothing is wanted
            run("mount", "-t", "tmpfs", "-o", "mode=1777" if name == "tmp" else "mode=755", "none", f"{host}/{name}")
        run("ip", "link", "set", "lo", "up")
        run("ip", "address", "add", STRANGER + "/32", "dev", "lo")
    except (AssertionError, FileNotFoundError) as error:
        skip(f"no host of our own here: {error}")
    shutil.copy(LASTMILE, host + "/usr/local/bin/lastmile")
    shutil.copytree(CONTRIB, host + "/tmp/contrib", ignore=shutil.ignore_patterns("__pycache__"))
    os.chroot(host)
    os.chdir("/")


def forget_the_machine():
    """What its own mail system was told is nothing to a fresh host."""
    for path in "/etc/postfix/main.cf", "/etc/postfix/master.cf", "/etc/dovecot/users":
        if os.path.exists(path):
            os.unlink(path)
    for path in "/var/spool/postfix", "/var/lib/postfix", "/var/lib/dovecot":
        shutil.rmtree(path, ignore_errors=True)
        os.makedirs(path)
    shutil.chown("/var/lib/postfix", "postfix", "postfix")
    shutil.rmtree("/etc/dovecot/conf.d", ignore_errors=True)


def wait_for(port):
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nobody listens on port {port}: {log()}")


def log():
    try:
        with open("/tmp/maillog", encoding="utf-8", errors="replace") as file:
            return file.read()[-3000:]
    except FileNotFoundError:
        return ""


def set_up():
    run("/tmp/contrib/example-host/setup", "example.org")
    run("/tmp/contrib/example-host/setup", "example.org")  # which may be done again
    run("/tmp/contrib/example-host/add-user", "anne@example.org", stdin=PASSWORD + "\n")
    # There is no syslog in this host, and no DNS.
    run("postconf", "-e", "maillog_file=/tmp/maillog", "maillog_file_prefixes=/tmp", "inet_interfaces=127.0.0.1",
        "inet_protocols=ipv4", "myhostname=mx.example.org", "disable_dns_lookups=yes")
    with open("/etc/dovecot/dovecot.conf", "a", encoding="utf-8") as file:
        file.write("log_path = /tmp/dovecot.log\nlisten = 127.0.0.1\n")
    run("postfix", "start")
    run("dovecot")
    for port in 25, 587, 143, 4190:
        wait_for(port)


def send(subject, fields="", to="anne@example.org"):
    """As a stranger's server, which comes again while the recipient is being asked about."""
    text = f"From: ben@example.com\r\nTo: {to}\r\nSubject: {subject}\r\n{fields}\r\nHi.\r\n"
    for attempt in range(50, -1, -1):
        try:
            with smtplib.SMTP("127.0.0.1", 25, timeout=60, source_address=(STRANGER, 0)) as client:
                client.sendmail("ben@example.com", [to], text)
                return
        except smtplib.SMTPRecipientsRefused as error:
            if error.recipients[to][0] != 450 or not attempt:
                raise
            time.sleep(0.2)


def tls():
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


class Host(unittest.TestCase):
    def imap(self):
        client = imaplib.IMAP4("127.0.0.1", 143, timeout=60)
        self.addCleanup(client.logout)
        client.starttls(tls())
        client.login("anne@example.org", PASSWORD)
        return client

    def wait_for_mail(self, folder, subject):
        client = self.imap()
        for _ in range(300):
            if client.select(folder)[0] == "OK":
                found = client.search(None, "SUBJECT", subject)[1][0].split()
                if found:
                    return client, found
            time.sleep(0.1)
        raise AssertionError(f"no mail `{subject}' in {folder}: {log()}")

    def test_mail_is_read_over_imap(self):
        send("plain")
        client, found = self.wait_for_mail("INBOX", "plain")
        self.assertEqual(len(found), 1)
        text = client.fetch(found[0], "(BODY.PEEK[])")[1][0][1]
        self.assertIn(b"Return-Path: <ben@example.com>\r\n", text)
        self.assertIn(b"\r\n\r\nHi.\r\n", text)

    def test_spam_goes_to_junk(self):
        send("spam", "X-Spam-Flag: YES\r\n")
        client, found = self.wait_for_mail("Junk", "spam")
        self.assertEqual(len(found), 1)
        self.assertTrue(any(b"\\Junk" in line for line in client.list()[1]))

    def test_unknown_recipients_are_refused_before_the_message(self):
        with self.assertRaises(smtplib.SMTPRecipientsRefused) as caught:
            send("nobody", to="nobody@example.org")
        code, text = caught.exception.recipients["nobody@example.org"]
        self.assertEqual(code, 550)
        self.assertIn(b"No such user here", text)

    def test_nothing_is_relayed(self):
        with self.assertRaises(smtplib.SMTPRecipientsRefused) as caught:
            send("relayed", to="carol@example.net")
        self.assertEqual(caught.exception.recipients["carol@example.net"][0], 454)

    def test_quota_is_seen(self):
        send("counted")
        client, _ = self.wait_for_mail("INBOX", "counted")
        used, limit = client.getquotaroot("INBOX")[1][1][0].split(b"(STORAGE ")[1].rstrip(b")").split()
        self.assertEqual(int(limit), 1024 * 1024)
        self.assertGreaterEqual(int(used), 0)

    def test_a_script_is_uploaded_and_runs(self):
        script = b'require ["fileinto", "mailbox"];\r\nif header :is "Subject" "walk" { fileinto :create "Walks"; }\r\n'
        login = base64.b64encode(b"\0anne@example.org\0" + PASSWORD.encode()).decode()
        with socket.create_connection(("127.0.0.1", 4190), timeout=60) as plain:
            self.managesieve(plain, None)
            self.managesieve(plain, b"STARTTLS\r\n")
            with tls().wrap_socket(plain) as client:
                self.managesieve(client, None)
                self.managesieve(client, f'AUTHENTICATE "PLAIN" "{login}"\r\n'.encode())
                self.managesieve(client, b'PUTSCRIPT "main" {%d+}\r\n%s\r\n' % (len(script), script))
                self.managesieve(client, b'SETACTIVE "main"\r\n')
        send("walk")
        self.wait_for_mail("Walks", "walk")

    def managesieve(self, client, command):
        if command:
            client.sendall(command)
        reply = b""
        while not reply.startswith(b"OK") and b"\r\nOK" not in reply:
            piece = client.recv(4096)
            self.assertTrue(piece and not reply.startswith(b"NO"), reply)
            reply += piece

    def test_sending_wants_a_password(self):
        with smtplib.SMTP("127.0.0.1", 587, timeout=60) as client:
            client.starttls(context=tls())
            with self.assertRaises(smtplib.SMTPRecipientsRefused):
                client.sendmail("anne@example.org", ["anne@example.org"], "Subject: submitted\r\n\r\nHi.\r\n")
            client.rset()
            client.login("anne@example.org", PASSWORD)
            client.sendmail("anne@example.org", ["anne@example.org"], "Subject: submitted\r\n\r\nHi.\r\n")
        self.wait_for_mail("INBOX", "submitted")

    def test_who_is_no_name_gets_no_mailbox(self):
        for address in "../etc@example.org", "Anne@example.org", "ben@example.net", "anne@example.org":
            with self.assertRaises(AssertionError, msg=address):
                run("/tmp/contrib/example-host/add-user", address, stdin="x\n")


def inside(root):
    enter_a_host_of_our_own(root)
    forget_the_machine()
    set_up()
    result = unittest.main(argv=[sys.argv[0]], exit=False, verbosity=2).result
    failed = len(result.failures) + len(result.errors)
    sys.stderr.flush()
    print(f"{result.testsRun - failed} passed, {failed} failed")
    return 1 if failed else 0


def main():
    if os.geteuid() != 0:
        skip("a host of our own wants root")
    for program in "postfix", "dovecot", "unshare", "ip", "make-ssl-cert":
        if not shutil.which(program, path="/usr/sbin:/usr/bin:/sbin:/bin"):
            skip(program + " is not installed")
    if not os.path.exists("/usr/lib/dovecot/managesieve"):
        skip("dovecot-managesieved is not installed")
    with tempfile.TemporaryDirectory(prefix="lastmile-host-") as root:
        # The processes of the host end with the first of its process namespace.
        return subprocess.run(["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--propagation", "private",
                               sys.executable, os.path.abspath(__file__), LASTMILE, root], check=False).returncode


if __name__ == "__main__":
    sys.exit(inside(sys.argv[2]) if len(sys.argv) > 2 else main())
