#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""xinetd, inetd, s6, socat and systemd's sockets start lastmile for each connection, with the files of contrib."""
import os
import smtplib

import mailhost
import support

SOCKET = "/run/lastmile/lmtp"
TCP = ("127.0.0.1", 24)
MESSAGE = "From: ben@example.org\r\nSubject: {}\r\n\r\nHello.\r\n"


def setUpModule():
    if "\npostfix:" not in mailhost.read("/etc/group"):
        mailhost.service_user("postfix")
    for user in ("alice", "ben"):
        mailhost.user(user)


class SuperServers(mailhost.Pairing):
    def serve(self, *command):
        if os.path.exists(SOCKET):
            os.unlink(SOCKET)
        daemon = mailhost.start(*command)
        self.addCleanup(lambda: (daemon.terminate(), daemon.wait(timeout=30)))

    def client(self, address):
        if isinstance(address, tuple):
            mailhost.listening(address[1])
            return smtplib.LMTP(*address)
        self.assertTrue(mailhost.eventually(lambda: os.path.exists(address)))
        return smtplib.LMTP(address)

    def transaction(self, client, text):
        """Whole, since smtplib knows of one reply for a message only."""
        client.ehlo_or_helo_if_needed()
        client.mail("ben@example.org")
        self.assertEqual([client.rcpt(user)[0] for user in ("alice@x", "nemo@x", "ben@x")], [250, 550, 250])
        self.assertEqual([client.data(text)[0], client.getreply()[0]], [250, 250])

    def try_it(self, name, address):
        """Two connections at once, several messages in each; each reply is the one that was asked for."""
        with self.client(address) as one, self.client(address) as other:
            for client, part in ((one, "one"), (other, "other")):
                for number in range(3):
                    self.transaction(client, MESSAGE.format(f"{name}-{part}-{number}"))
                self.assertEqual(client.noop()[0], 250)
        for user in ("alice", "ben"):
            self.assertEqual(sum(f"Subject: {name}-" in each for each in mailhost.mailbox(user)), 6)

    def test_xinetd(self):
        mailhost.write("/etc/xinetd.conf", "includedir /etc/xinetd.d\n")
        mailhost.run("cp", mailhost.CONTRIB + "/xinetd/lastmile", "/etc/xinetd.d/lastmile")
        self.serve("xinetd", "-dontfork")
        self.try_it("xinetd", TCP)

    def test_inetd(self):
        mailhost.run("cp", mailhost.CONTRIB + "/inetd/inetd.conf", "/etc/inetd.conf")
        self.serve("inetd", "-i")
        self.try_it("inetd", TCP)

    def test_s6(self):
        self.serve(mailhost.CONTRIB + "/s6/run")
        self.try_it("s6", SOCKET)

    def test_socat(self):
        self.serve(mailhost.CONTRIB + "/socat/lastmile")
        self.try_it("socat", SOCKET)

    def test_systemd(self):
        units = [f"/etc/systemd/system/{name}" for name in ("lastmile.socket", "lastmile@.service")]
        for unit in units:
            mailhost.run("cp", mailhost.CONTRIB + "/systemd/" + os.path.basename(unit), unit)
        self.assertEqual(mailhost.run("systemd-analyze", "verify", "--man=no", units[0],
                                      units[1].replace("@", "@1")), "")
        mailhost.run("systemd-analyze", "security", "--offline=true", "--threshold=50", units[1].replace("@", "@1"))
        os.makedirs("/run/lastmile", exist_ok=True)
        self.serve("systemd-socket-activate", "--inetd", "--accept", f"--listen={SOCKET}", "/usr/local/bin/lastmile")
        self.try_it("systemd", SOCKET)


if __name__ == "__main__":
    mailhost.enter("supervisors inetd", "xinetd", "inetd", "s6-ipcserver", "socat", "systemd-socket-activate")
    support.main()
