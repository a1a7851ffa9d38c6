#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""lastmile-sieve explain."""
from tool import ToolTest, main, text

REST = "A message that nothing of this stored, forwarded, refused or threw away stays in\nthe inbox.\n"


class Explain(ToolTest):
    def says(self, script, expected):
        self.file("a.sieve", script)
        done = self.run_tool("explain", "a.sieve")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(done.stdout.decode(), text(expected) + REST)

    def test_rules(self):
        self.says(r"""
            require ["fileinto", "imap4flags"];
            if header :contains "subject" "invoice" {
                fileinto :flags "\\Seen" "Bills";
            } elsif address :domain "from" ["example.org", "example.net"] {
                addflag ["\\Flagged", "Work"];
                keep;
                stop;
            } else {
            }
            """, """
            If the subject contains "invoice", put the message into the folder "Bills" and
            mark it as read.
            Otherwise, if the domain of the address in the field from is "example.org" or
            "example.net", mark the message as important and with "Work", put the message
            into the inbox, then stop here.
            Otherwise, do nothing.
            """)

    def test_blocks_in_blocks(self):
        self.says("""
            if true { if exists ["a", "b"] { discard; } keep; }
            """, """
            If always:
                If the message has the field a and the field b, throw the message away
                (unless it is stored too).
                Put the message into the inbox.
            """)

    def test_logic(self):
        self.says("""
            if not anyof (size :over 1M, allof (header "a" "1", not header "b" "2"), false) { stop; }
            """, """
            If the message is not larger than 1M and (the field a is not "1" or the field b
            is "2") and always, stop here.
            """)

    def test_comparisons(self):
        self.says("""
            require ["relational", "comparator-i;ascii-numeric", "envelope", "variables"];
            if header :value "ge" :comparator "i;ascii-numeric" "X-Score" "5" { stop; }
            if header :count "gt" "received" "10" { stop; }
            if envelope :localpart :matches "to" "*-list" { set :upper "x" "${1}"; }
            if header :comparator "i;octet" "a" "A" { stop; }
            """, """
            If the field X-Score is at least "5", stop here.
            If the number of values of the field received is greater than "10", stop here.
            If what stands before the @ of the address in the envelope's "to" fits the
            pattern "*-list", set the variable "x" to "${1}" in upper case.
            If the field a is "A" (upper and lower case are different), stop here.
            """)

    def test_long_texts_are_one_paragraph(self):
        self.says("""
            require "vacation";
            vacation :days 3 :subject "Away" "I am on
            holiday.";
            """, """
            Answer the sender automatically with "I am on holiday." at most once in 3 days
            with the subject "Away".
            """)

    def test_the_older_notify(self):
        self.file("s.sieve", 'require "notify"; notify; notify :high :method "mailto" :options ["a@example.org", '
                             '"b@example.org"] :message "New mail: $subject$"; denotify :low;')
        self.expect(["explain", "s.sieve"], 0, """
            Send a notification.
            Send a notification of high importance by "mailto" to "a@example.org" and
            "b@example.org" with the text "New mail: $subject$".
            Send no notification of low importance.
            A message that nothing of this stored, forwarded, refused or threw away stays in
            the inbox.
            """)

    def test_several_files(self):
        self.file("a.sieve", "stop;")
        self.file("b.sieve", "frop;")
        done = self.run_tool("explain", "a.sieve", "b.sieve")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout.decode(), "a.sieve:\nStop here.\n" + REST)
        self.assertEqual(done.stderr.decode(), "b.sieve:1:1: error: unknown command `frop'\n  frop;\n  ^\n")

    def test_help(self):
        self.expect(["explain", "--help"], 0, """
            usage: lastmile-sieve explain FILE...

            say in English what scripts do
            """)


if __name__ == "__main__":
    main()
