#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What scripts ask about mailboxes and lists, answered by the real program: each answer files a real message."""
import glob
import os
import subprocess
import unittest

import support

MESSAGE = b"From: Ben <ben@example.org>\nTo: anne@example.org\nSubject: hello\n\nA body.\n"
GUID = "3085f01b7f11094c501100008c4a11c1"


class Questions(unittest.TestCase):
    def setUp(self):
        self.world = support.World()
        self.addCleanup(self.world.close)

    def write(self, path, text):
        """A file of the user's, below her home; the directories above it are hers too."""
        home = self.world.home("anne")
        directory = home
        for part in path.split("/")[:-1]:
            directory = os.path.join(directory, part)
            if not os.path.isdir(directory):
                os.mkdir(directory, 0o700)
                self.world.give(directory)
        path = os.path.join(home, path)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, 0o600)
        self.world.give(path)

    def folder(self, name):
        home = self.world.home("anne")
        for part in ("Maildir", "Maildir/." + name if name else "Maildir"):
            for each in ("", "/tmp", "/new", "/cur"):
                directory = os.path.join(home, part + each)
                if not os.path.isdir(directory):
                    os.mkdir(directory, 0o700)
                    self.world.give(directory)

    def deliver(self, *options):
        done = subprocess.run(self.world.command("--deliver", "anne", "-f", "ben@example.org", *options), input=MESSAGE,
                              capture_output=True, timeout=30)
        self.assertEqual((done.returncode, done.stdout), (0, b""))
        return done.stderr.decode()

    def count(self, folder=""):
        name = "." + folder if folder else ""
        return len(glob.glob(os.path.join(self.world.home("anne"), "Maildir", name, "new", "*")))

    def test_special_use_by_custom(self):
        self.world.user("anne", 'require ["special-use", "fileinto"];'
                                'if specialuse_exists "\\\\Junk" { fileinto :specialuse "\\\\Junk" "INBOX"; }')
        self.folder("Spam")
        self.deliver()
        self.assertEqual((self.count("Spam"), self.count()), (1, 0))

    def test_special_use_of_a_setting(self):
        self.world.user("anne", 'require ["special-use", "fileinto"];'
                                'if specialuse_exists "Werbung" "\\\\junk" { fileinto :specialuse "\\\\Junk" "Spam"; }')
        self.folder("Spam")
        self.folder("Werbung")
        self.deliver("--special-use=\\Junk=Werbung")
        self.assertEqual((self.count("Spam"), self.count("Werbung")), (0, 1))

    def test_special_use_of_nobody(self):
        self.world.user("anne", 'require ["special-use", "fileinto", "mailbox"];'
                                'if not specialuse_exists "\\\\Archive" '
                                '{ fileinto :specialuse "\\\\Archive" :create "Old"; }')
        self.deliver()
        self.deliver()
        self.assertEqual((self.count("Old"), self.count()), (2, 0))

    def test_special_use_of_an_annotation(self):
        self.world.user("anne", 'require ["special-use", "fileinto"]; fileinto :specialuse "\\\\Trash" "INBOX";')
        self.folder("Dust")
        self.write(".lastmile/metadata", "Dust /private/specialuse \\Trash\n")
        self.deliver()
        self.assertEqual(self.count("Dust"), 1)

    def test_the_mailbox_id_of_dovecot(self):
        self.world.user("anne", f'require ["mailboxid", "fileinto"]; if mailboxidexists "{GUID}" '
                                f'{{ fileinto :mailboxid "{GUID}" "INBOX"; }}')
        self.folder("Walks")
        self.write("Maildir/.Walks/dovecot-uidlist", f"3 V1 N1 G{GUID}\n")
        self.deliver()
        self.assertEqual((self.count("Walks"), self.count()), (1, 0))

    def test_the_mailbox_id_survives_a_new_name(self):
        home = self.world.user("anne", 'require ["fileinto", "mailbox"]; fileinto :create "Walks";')
        self.deliver()
        folder = os.path.join(home, "Maildir", ".Walks")
        with open(os.path.join(folder, "lastmile-id"), encoding="ascii") as file:
            mailbox = file.read().strip()
        self.assertRegex(mailbox, r"\A[0-9a-f]{32}\Z")
        os.rename(folder, os.path.join(home, "Maildir", ".Hikes"))
        self.write(".sieve", f'require ["mailboxid", "fileinto"]; fileinto :mailboxid "{mailbox}" "Walks";')
        self.deliver()
        self.assertEqual(self.count("Hikes"), 2)

    def test_a_mailbox_id_that_nobody_has(self):
        self.world.user("anne", 'require ["mailboxid", "fileinto", "mailbox"]; if not mailboxidexists "x" '
                                '{ fileinto :mailboxid "x" :create "Walks"; }')
        self.deliver()
        self.assertEqual(self.count("Walks"), 1)

    def test_an_mbox_has_no_id(self):
        home = self.world.user("anne", 'require ["mailboxid", "fileinto"]; if mailboxidexists "" { discard; }')
        self.deliver(f"--mail=mbox:{home}/mbox")
        self.assertTrue(os.path.getsize(os.path.join(home, "mbox")) > len(MESSAGE))

    def test_annotations(self):
        self.world.user("anne", 'require ["mboxmetadata", "servermetadata", "variables", "fileinto"];\n'
                                'if allof (metadataexists "Walks" "/private/comment",\n'
                                '          metadata :matches "Walks" "/private/target" "*") {\n'
                                '  set "target" "${1}";\n'
                                '  if servermetadata "/shared/admin" "root@example.org" { fileinto "${target}"; } }')
        self.folder("Walks")
        self.folder("Two words")
        self.write(".lastmile/metadata", '# mine\nWalks /private/comment where we meet\n'
                                         'Walks /private/target "Two words"\n"" /shared/admin nobody\n')
        server = self.world.path("server")
        with open(server, "w", encoding="utf-8") as file:
            file.write('"" /shared/admin root@example.org\n')
        self.deliver("--server-metadata=" + server)
        self.assertEqual((self.count("Two words"), self.count()), (1, 0))

    def test_no_mailbox_no_annotation(self):
        self.world.user("anne", 'require "mboxmetadata"; if metadataexists "Gone" "/private/x" { discard; }')
        self.write(".lastmile/metadata", "Gone /private/x y\n")
        self.deliver()
        self.assertEqual(self.count(), 1)

    def test_a_list_of_the_users(self):
        self.world.user("anne", 'require ["extlists", "fileinto"]; if allof (valid_ext_list ":addrbook:default", '
                                'address :list "from" ":addrbook:default") { fileinto "Friends"; }')
        self.folder("Friends")
        self.write("lists/default", "# friends\nBEN@example.org\n")
        self.deliver()
        self.assertEqual((self.count("Friends"), self.count()), (1, 0))

    def test_a_list_of_the_administrators(self):
        name = "tag:example.org,2026:staff"
        self.world.user("anne", f'require ["extlists", "envelope", "fileinto"]; if envelope :list "from" "{name}" '
                                '{ fileinto "Staff"; }')
        self.folder("Staff")
        staff = self.world.path("staff")
        with open(staff, "w", encoding="utf-8") as file:
            file.write("ben@example.org\n")
        self.deliver(f"--lists={name}={staff}")
        self.assertEqual((self.count("Staff"), self.count()), (1, 0))

    def test_hostile_lists_are_logged_and_are_none(self):
        home = self.world.user("anne", 'require "extlists"; if anyof (valid_ext_list ":addrbook:fifo", '
                                       'valid_ext_list ":addrbook:link", valid_ext_list ":addrbook:binary") { discard; }'
                                       'if address :list "from" ":addrbook:fifo" { discard; }')
        self.write("lists/binary", "ben@example.org\n\0\n")
        os.mkfifo(os.path.join(home, "lists", "fifo"))
        with open(self.world.path("elsewhere"), "w", encoding="utf-8") as file:
            file.write("ben@example.org\n")
        os.symlink(self.world.path("elsewhere"), os.path.join(home, "lists", "link"))
        log = self.deliver("--log=stderr")
        self.assertEqual(self.count(), 1)
        self.assertEqual(log.count("a list cannot be used"), 3, log)
        self.assertIn("there is no list `:addrbook:fifo'", log)

    def sendmail(self):
        sent = self.world.path("sent")
        open(sent, "wb").close()
        os.chmod(sent, 0o666)
        program = self.world.path("sendmail")
        with open(program, "w", encoding="ascii") as script:
            script.write(f'#!/bin/sh\necho "$@" >> {sent}\ncat > /dev/null\n')
        os.chmod(program, 0o755)
        return program, sent

    def test_redirect_to_a_list(self):
        self.world.user("anne", 'require "extlists"; redirect :list ":addrbook:team";')
        self.write("lists/team", "carl@example.org\ndora@example.org\n")
        program, sent = self.sendmail()
        self.deliver("--sendmail=" + program)
        with open(sent, encoding="ascii") as file:
            told = file.read()
        self.assertEqual([line.split()[-1] for line in told.splitlines()], ["carl@example.org", "dora@example.org"])
        self.assertEqual(self.count(), 0)

    def test_redirect_to_a_list_that_is_too_long(self):
        self.world.user("anne", 'require "extlists"; redirect :list ":addrbook:team";')
        self.write("lists/team", "".join(f"carl{i}@example.org\n" for i in range(5)))
        program, sent = self.sendmail()
        log = self.deliver("--sendmail=" + program, "--log=stderr")
        self.assertEqual(os.path.getsize(sent), 0)
        self.assertEqual(self.count(), 1)
        self.assertIn("redirect", log)


if __name__ == "__main__":
    support.main()
