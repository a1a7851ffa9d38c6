#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The program as a process: signals, descriptors, rights, the forbidden port."""
import os
import pwd
import shutil
import signal
import socket
import subprocess
import unittest

import support

GREETING = b"220 mx.example.org"


class Process(unittest.TestCase):
    def setUp(self):
        self.world = support.World()
        self.addCleanup(self.world.close)
        self.world.user("anne")

    def connect(self, *options):
        """The client's end, the replies as a file, and the process on the other end, which is its stderr too."""
        ours, theirs = socket.socketpair()
        ours.settimeout(30)
        process = subprocess.Popen(self.world.command(*options), stdin=theirs, stdout=theirs, stderr=theirs)
        theirs.close()
        replies = ours.makefile("rb")
        self.addCleanup(ours.close)
        self.addCleanup(replies.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.assertTrue(replies.readline().startswith(GREETING))
        return ours, replies, process

    def say(self, client, replies, line):
        client.sendall(line + b"\r\n")
        while True:
            reply = replies.readline()
            self.assertRegex(reply, rb"\A[245]\d\d[ -].*\r\n\Z|\A354 .*\r\n\Z")
            if reply[3:4] == b" ":
                return reply

    def test_sigterm_between_transactions(self):
        client, replies, process = self.connect()
        self.say(client, replies, b"LHLO x")
        process.send_signal(signal.SIGTERM)
        self.assertTrue(replies.readline().startswith(b"421 4.3.2 "))
        self.assertEqual((replies.read(), process.wait(timeout=30)), (b"", 0))

    def test_sigterm_lets_a_transaction_finish(self):
        client, replies, process = self.connect()
        for line in (b"LHLO x", b"MAIL FROM:<>", b"RCPT TO:<anne@x>", b"DATA"):
            self.say(client, replies, line)
        process.send_signal(signal.SIGTERM)
        self.assertTrue(self.say(client, replies, b"Subject: last\r\n\r\nx\r\n.").startswith(b"250 "))
        self.assertTrue(replies.readline().startswith(b"421 4.3.2 "))
        self.assertEqual(process.wait(timeout=30), 0)

    def test_a_client_that_is_gone_ends_it(self):
        client, replies, process = self.connect()
        client.sendall(b"LHLO x\r\nNOOP\r\n" * 1000)
        replies.close()
        client.close()
        self.assertGreaterEqual(process.wait(timeout=30), 0)  # no signal, SIGPIPE neither

    def test_the_log_never_reaches_the_client(self):
        client, replies, process = self.connect("--log=stderr", "--jobs=1")
        for line in (b"LHLO x", b"MAIL FROM:<>", b"RCPT TO:<anne@x>", b"DATA", b"Subject: x\r\n\r\nx\r\n.", b"QUIT"):
            self.say(client, replies, line)
        self.assertEqual((replies.read(), process.wait(timeout=30)), (b"", 0))

    def test_the_log_reaches_a_stderr_of_its_own(self):
        done = subprocess.run(self.world.command("--log=stderr", "--log-format=json"), capture_output=True, timeout=30,
                              input=b"LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<anne@x>\r\nDATA\r\nSubject: x\r\n\r\n.\r\nQUIT\r\n")
        self.assertIn(b'"to":"anne@x"', done.stderr)

    def test_closed_descriptors(self):
        done = subprocess.run(["sh", "-c", 'exec "$@" <&- 2>&-', "sh", *self.world.command()], capture_output=True,
                              timeout=30)
        self.assertTrue(done.stdout.startswith(GREETING))

    @unittest.skipIf(os.geteuid() != 0, "needs root")
    def test_set_user_id_is_refused(self):
        program = self.world.path("lastmile")
        shutil.copy(support.BINARY, program)
        os.chmod(program, 0o4755)
        nobody = pwd.getpwnam("nobody")
        done = subprocess.run([program, "--version"], capture_output=True, timeout=30, user=nobody.pw_uid,
                              group=nobody.pw_gid, extra_groups=[])
        self.assertEqual(done.returncode, 77)

    @unittest.skipIf(os.geteuid() != 0, "needs root")
    def test_port_25_is_refused(self):
        with socket.socket() as listener:
            try:
                listener.bind(("127.0.0.125", 25))
            except OSError as error:
                self.skipTest(str(error))
            listener.listen()
            with socket.create_connection(("127.0.0.125", 25), timeout=30) as client:
                theirs, _ = listener.accept()
                done = subprocess.run(self.world.command(), stdin=theirs, stdout=theirs, stderr=theirs, timeout=30)
                theirs.close()
                self.assertEqual(done.returncode, 78)
                self.assertRegex(client.makefile("rb").read(), rb"\A[45]\d\d ")


if __name__ == "__main__":
    support.main()
