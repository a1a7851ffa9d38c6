#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""lastmile-sieve filter: a script applied to mail that is there already."""
import os
import re
import signal
import subprocess
import time

from tool import BINARY, ToolTest, main

SCRIPT = """
    require ["fileinto", "mailbox", "imap4flags", "copy"];
    if header :is "subject" "list" { fileinto :create :flags "\\\\Flagged" "Lists/A"; }
    elsif header :is "subject" "both" { fileinto :create "B"; fileinto :create "C"; }
    elsif header :is "subject" "spam" { discard; }
    elsif header :is "subject" "away" { redirect "carol@example.net"; }
    elsif header :is "subject" "lost" { fileinto "Nowhere"; }
    elsif header :is "subject" "read" { setflag ["\\\\Seen", "$work"]; keep; }
    """

DRY = """
    Maildir: 7 messages, nothing is changed without --execute
            1  copy to B
            1  copy to C
            1  discard: not done without --allow-discard
            1  fileinto "Nowhere": there is no such folder
            1  move to Lists/A, flags \\Flagged
            1  redirect to carol@example.net: never done here
            4  stay
            1  stay, flags \\Seen $work
    """


class Filter(ToolTest):
    def setUp(self):
        super().setUp()
        for name in "cur", "new", "tmp":
            os.makedirs(self.path("Maildir", name))
        self.file("s.sieve", SCRIPT)

    def path(self, *names):
        return os.path.join(self.directory.name, *names)

    def mail(self, name, subject, age=0):
        self.file(f"Maildir/{name}", f"Return-Path: <x@example.org>\nSubject: {subject}\n\nHello {subject}.\n")
        when = time.time() - age
        os.utime(self.path("Maildir", name), (when, when))

    def fill(self):
        self.mail("new/1.a", "list")
        self.mail("cur/2.a:2,S", "both", 5000)
        self.mail("cur/3.a:2,", "spam")
        self.mail("cur/4.a:2,", "away")
        self.mail("cur/5.a:2,", "lost")
        self.mail("new/6.a", "read")
        self.mail("cur/7.a:2,RS", "other")

    def tree(self, top="Maildir"):
        """Every message by its folder and name."""
        found = set()
        for directory, _, files in os.walk(self.path(top)):
            if os.path.basename(directory) in ("cur", "new", "tmp"):
                found |= {os.path.relpath(os.path.join(directory, name), self.path(top)) for name in files}
        return found

    def test_dry_run_changes_nothing(self):
        self.fill()
        before = self.tree()
        self.expect(["filter", "s.sieve", "Maildir"], 0, DRY)
        self.assertEqual(self.tree(), before)
        self.assertEqual(sorted(os.listdir(self.path("Maildir"))), ["cur", "new", "tmp"])

    def test_execute(self):
        self.fill()
        inode = os.stat(self.path("Maildir/new/1.a")).st_ino
        then = os.stat(self.path("Maildir/cur/2.a:2,S")).st_mtime
        self.expect(["filter", "--execute", "s.sieve", "Maildir"], 0, DRY.replace(
            ", nothing is changed without --execute", ""))
        tree = self.tree()
        self.assertIn(".Lists.A/cur/1.a:2,F", tree)
        self.assertEqual(os.stat(self.path("Maildir/.Lists.A/cur/1.a:2,F")).st_ino, inode)
        self.assertLessEqual({"cur/3.a:2,", "cur/4.a:2,", "cur/5.a:2,", "cur/6.a:2,Sa", "cur/7.a:2,RS"}, tree)
        self.assertEqual(len(tree), 8)
        for folder in "B", "C":
            (copy,) = [name for name in tree if name.startswith(f".{folder}/")]
            self.assertTrue(copy.endswith(":2,S"), copy)
            self.assertEqual(int(os.stat(self.path("Maildir", copy)).st_mtime), int(then))
            with open(self.path("Maildir", copy), "rb") as file:
                self.assertEqual(file.read(), b"Return-Path: <x@example.org>\nSubject: both\n\nHello both.\n")
        with open(self.path("Maildir/dovecot-keywords"), "rb") as file:
            self.assertEqual(file.read(), b"0 $work\n")

    def test_a_second_run_finds_nothing_to_do(self):
        self.mail("new/1.a", "list")
        self.expect(["filter", "-e", "s.sieve", "Maildir"], 0, """
            Maildir: 1 message
                    1  move to Lists/A, flags \\Flagged
            """)
        self.expect(["filter", "-e", "s.sieve", "Maildir"], 0, "Maildir: 0 messages\n")

    def test_a_folder_of_a_maildir(self):
        self.mail("new/1.a", "list")
        self.run_tool("filter", "-e", "s.sieve", "Maildir")
        self.file("back.sieve", 'require "fileinto"; if exists "subject" { fileinto "INBOX"; }')
        self.expect(["filter", "-e", "--list", "back.sieve", "Maildir/.Lists.A/"], 0, """
            Lists/A/cur/1.a:2,F: move to INBOX
            Maildir/.Lists.A/: 1 message
                    1  move to INBOX
            """)
        self.assertEqual(self.tree(), {"cur/1.a:2,F"})

    def test_no_message_takes_the_place_of_another(self):
        self.mail("cur/1.a:2,F", "list")
        self.run_tool("filter", "-e", "s.sieve", "Maildir")
        self.mail("cur/1.a:2,F", "list", 60)
        done = self.run_tool("filter", "-e", "s.sieve", "Maildir")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"1 failed, and are where they were\n", done.stdout)
        self.assertIn(b"File exists", done.stderr)
        self.assertEqual(self.tree(), {"cur/1.a:2,F", ".Lists.A/cur/1.a:2,F"})

    def test_discard_deletes_when_it_may(self):
        self.mail("cur/3.a:2,", "spam")
        self.mail("cur/4.a:2,", "away")
        self.expect(["filter", "-e", "--allow-discard", "s.sieve", "Maildir"], 0, """
            Maildir: 2 messages
                    1  delete
                    1  redirect to carol@example.net: never done here
                    1  stay
            """)
        self.assertEqual(self.tree(), {"cur/4.a:2,"})

    def test_some_of_the_mail(self):
        self.fill()
        self.expect(["filter", "--only-new", "s.sieve", "Maildir"], 0, """
            Maildir: 2 messages, nothing is changed without --execute
                    1  move to Lists/A, flags \\Flagged
                    1  stay, flags \\Seen $work
            """)
        done = self.run_tool("filter", f"--since=@{int(time.time()) - 1000}", "s.sieve", "Maildir")
        self.assertIn(b"Maildir: 6 messages", done.stdout)

    def test_the_folders_below_too(self):
        for folder in ".Lists.A", ".Lists.B", ".Other":
            for name in "cur", "new", "tmp":
                os.makedirs(self.path("Maildir", folder, name))
        self.mail("new/1.a", "list")
        self.mail(".Lists.B/cur/2.a:2,", "list")
        self.mail(".Other/cur/3.a:2,", "both")
        self.expect(["filter", "-r", "-e", "s.sieve", "Maildir/.Lists.B"], 0, """
            Maildir/.Lists.B: 1 message
                    1  move to Lists/A, flags \\Flagged
            """)
        self.expect(["filter", "-r", "-e", "s.sieve", "Maildir"], 0, """
            Maildir: 1 message
                    1  move to Lists/A, flags \\Flagged
            Maildir/.Lists.A: 1 message
                    1  stay, flags \\Flagged
            Maildir/.Lists.B: 0 messages
            Maildir/.Other: 1 message
                    1  copy to B
                    1  copy to C
            """)
        self.assertEqual({name for name in self.tree() if "Lists" in name},
                         {".Lists.A/cur/1.a:2,F", ".Lists.A/cur/2.a:2,F"})

    def test_what_is_no_mailbox(self):
        self.file("directory/file", "x")
        self.file("text", "Subject: x\n\nx\n")
        self.file("empty", "")
        self.expect(["filter", "s.sieve", "directory", "text", "none", "/dev/null", "empty"], 1, """
            empty: 0 messages, nothing is changed without --execute
            """, """
            lastmile-sieve: filter: directory: this is neither a Maildir nor an mbox
            lastmile-sieve: filter: ./text: this is no mbox: its first line does not begin with "From "
            lastmile-sieve: filter: none: No such file or directory
            lastmile-sieve: filter: /dev/null: this is neither a Maildir nor an mbox
            """)

    def test_an_mbox_that_grows_meanwhile(self):
        """By a program without our locks: what it appended stays."""
        self.file("box", "".join(f"From x@example.org Sat Nov 21 10:15:30 2026\nSubject: list\nX-Number: {number}\n\nx\n\n"
                                 for number in range(800)))
        environment = {"HOME": self.directory.name, "PATH": os.environ["PATH"]}
        command = [BINARY, "filter", "-e", f"--set=folders=maildir:{self.path('Maildir')}", "s.sieve", "box"]
        with subprocess.Popen(command, cwd=self.directory.name, env=environment, stdout=subprocess.DEVNULL) as process:
            while process.poll() is None and len(self.tree()) < 50:
                time.sleep(0.005)
            ended = process.poll() is not None
            with open(self.path("box"), "a", encoding="utf-8") as file:
                file.write("From y@example.org Sat Nov 21 10:15:31 2026\nSubject: other\n\nLate\n\n")
        self.assertEqual(process.returncode, 0)
        with open(self.path("box"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "From y@example.org Sat Nov 21 10:15:31 2026\nSubject: other\n\nLate\n\n")
        self.assertEqual(len(self.tree()), 800)
        if ended:
            self.skipTest("filter had ended before the box could grow")

    def test_beside_a_reader(self):
        """Who moves mail from new/ to cur/ and changes flags meanwhile, as an IMAP server does."""
        count = 600
        for number in range(count):
            self.file(f"Maildir/new/{number:05}.a", "Subject: list\n\nx\n")
        environment = {"HOME": self.directory.name, "PATH": os.environ["PATH"]}
        turns = 0
        with subprocess.Popen([BINARY, "filter", "-e", "s.sieve", "Maildir"], cwd=self.directory.name, env=environment,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            while process.poll() is None:
                for name in sorted(os.listdir(self.path("Maildir/new")), reverse=True)[:50]:
                    try:
                        os.rename(self.path("Maildir/new", name), self.path("Maildir/cur", name + ":2,S"))
                        os.rename(self.path("Maildir/cur", name + ":2,S"), self.path("Maildir/cur", name + ":2,RS"))
                        turns += 1
                    except FileNotFoundError:
                        pass
            out, err = process.communicate(timeout=60)
        self.assertEqual((process.returncode, err), (0, b""), out)
        for _ in range(2):
            self.assertEqual(len({os.path.basename(name).split(":")[0] for name in self.tree()}), count)
            self.assertEqual(len(self.tree()), count)
            self.run_tool("filter", "-e", "s.sieve", "Maildir")  # those that were renamed in the very moment
        self.assertEqual({name.split("/")[0] for name in self.tree()}, {".Lists.A"})
        self.assertGreater(turns, 0)

    def test_nothing_is_lost_when_it_is_killed(self):
        """At any moment: each message is there once at least, and the same command ends the work."""
        count = 400
        for number in range(count):
            subject = "list" if number % 2 else "both"
            self.file(f"Maildir/new/{number:05}.a", f"Subject: {subject}\nX-Number: {number}\n\nx\n")
        environment = {"HOME": self.directory.name, "PATH": os.environ["PATH"]}
        kills = 0
        for attempt in range(40):
            with subprocess.Popen([BINARY, "filter", "-e", "s.sieve", "Maildir"], cwd=self.directory.name, env=environment,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
                try:
                    process.wait(timeout=0.003 + 0.002 * attempt)
                except subprocess.TimeoutExpired:
                    process.kill()
                    kills += 1
            there = set()
            for name in self.tree():
                if "/tmp/" not in "/" + name:
                    with open(self.path("Maildir", name), encoding="utf-8") as file:
                        there |= set(re.findall(r"^X-Number: (\d+)$", file.read(), re.M))
            self.assertEqual(len(there), count)
        self.assertGreater(kills, 0)
        self.assertEqual(self.run_tool("filter", "-e", "s.sieve", "Maildir").returncode, 0)
        self.assertEqual([name for name in self.tree() if name.startswith(("new/", "cur/"))], [])

    def test_an_error_of_the_script_leaves_the_message(self):
        self.mail("cur/1.a:2,", "x")
        self.file("bad.sieve", 'require ["fileinto", "reject"]; fileinto "x"; reject "y";')
        done = self.run_tool("filter", "-e", "bad.sieve", "Maildir")
        self.assertIn(b"the script ends in an error: bad.sieve:1:", done.stdout)
        self.assertEqual(self.tree(), {"cur/1.a:2,"})

    BOX = ("From x@example.org Sat Nov 21 10:15:30 2026\nSubject: list\nStatus: RO\n\nHello\n>From me\n\n"
           "From y@example.org Sat Nov 21 10:15:31 2026\nSubject: other\n\nHello\n\n")

    def test_an_mbox(self):
        self.file("box", self.BOX.encode())
        self.expect(["filter", "--list", f"--set=folders=maildir:{self.path('Maildir')}", "s.sieve", "box"], 0, """
            ./box: message 1: move to Lists/A, flags \\Flagged
            ./box: message 2: stay
            box: 2 messages, nothing is changed without --execute
                    1  move to Lists/A, flags \\Flagged
                    1  stay
            """)
        self.expect(["filter", "-e", f"--set=folders=maildir:{self.path('Maildir')}", "s.sieve", "box"], 0, """
            box: 2 messages
                    1  move to Lists/A, flags \\Flagged
                    1  stay
            """)
        with open(self.path("box"), encoding="utf-8") as file:
            self.assertEqual(file.read(), self.BOX[self.BOX.index("From y"):])
        (copy,) = self.tree()
        self.assertRegex(copy, r"\A\.Lists\.A/cur/.*:2,FS\Z")
        with open(self.path("Maildir", copy), encoding="utf-8") as file:
            self.assertIn("Hello\nFrom me\n", file.read())
        self.assertFalse(os.path.exists(self.path("box.lock")))

    def test_nothing_is_lost_when_it_is_interrupted(self):
        for number in range(3000):
            self.file(f"Maildir/new/{number:05}.a", "Subject: list\n\nx\n")
        environment = {"HOME": self.directory.name, "PATH": os.environ["PATH"]}
        command = [BINARY, "filter", "-e", "--list", "s.sieve", "Maildir"]
        with subprocess.Popen(command, cwd=self.directory.name, env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            process.stdout.readline()
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
        self.assertEqual(err, b"")
        self.assertEqual(len(self.tree()), 3000)
        if process.returncode != 0:
            self.assertIn(b"the same command goes on with the rest\n", out)
        self.assertEqual(self.run_tool("filter", "-e", "s.sieve", "Maildir").returncode, 0)
        self.assertEqual({name.split("/")[0] for name in self.tree()}, {".Lists.A"})
        self.assertEqual(len(self.tree()), 3000)


if __name__ == "__main__":
    main()
