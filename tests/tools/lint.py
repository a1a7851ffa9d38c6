#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The warnings of lastmile-sieve check about scripts that compile."""
import os

from tool import SOURCES, ToolTest, main


class Lint(ToolTest):
    def warns(self, script, expected="", *options):
        self.file("a.sieve", script)
        self.expect(["check", *options, "a.sieve"], 0, expected)

    def clean(self, script, *options):
        self.warns(script, "", *options)

    def test_unreachable(self):
        self.warns(r"""
            require "fileinto";
            if header :is "subject" "a" {
                stop;
                keep;
            } else {
                discard;
                stop;
            }
            fileinto "Never";
            """, r"""
            a.sieve:4:5: warning: this never runs: the `stop' on line 3 ends before it
                  keep;
                  ^
              suggestion: remove it, or move it up
            a.sieve:9:1: warning: this never runs: every branch of the `if' on line 2 ends before it
              fileinto "Never";
              ^
              suggestion: remove it, or move it up
            """)

    def test_constant_conditions(self):
        self.warns(r"""
            if false { discard; }
            if not false { keep; } else { stop; }
            """, r"""
            a.sieve:1:4: warning: this is never true: the block does not run
              if false { discard; }
                 ^
              suggestion: remove the branch
            a.sieve:2:24: warning: this never runs: the condition before it is always true
              if not false { keep; } else { stop; }
                                     ^
              suggestion: remove the branch
            """)

    def test_flags_after_the_store(self):
        self.warns(r"""
            require ["fileinto", "imap4flags"];
            if header :contains "subject" "invoice" {
                fileinto "Bills";
                addflag "\\Seen";
                stop;
            }
            keep;
            setflag "\\Flagged";
            """, r"""
            a.sieve:4:5: warning: this has no effect: the message was stored on line 3 with the flags it had then
                  addflag "\\Seen";
                  ^
              suggestion: move it before the store, or give the store :flags
            a.sieve:8:1: warning: this has no effect: the message was stored on line 7 with the flags it had then
              setflag "\\Flagged";
              ^
              suggestion: move it before the store, or give the store :flags
            """)

    def test_names_of_fields(self):
        self.warns(r"""
            if anyof (header :is "subject:" "a", exists "X Spam") { stop; }
            """, r"""
            a.sieve:1:22: warning: no header field is called `subject:': the colon is not part of the name
              if anyof (header :is "subject:" "a", exists "X Spam") { stop; }
                                   ^
              suggestion: write "subject"
            a.sieve:1:45: warning: no header field is called `X Spam'
              if anyof (header :is "subject:" "a", exists "X Spam") { stop; }
                                                          ^
            """)

    def test_keys_of_addresses(self):
        self.warns(r"""
            require "envelope";
            if address :domain "from" "alice@example.org" { stop; }
            if address :localpart :contains "to" "lists@" { stop; }
            if address "from" "example.org" { stop; }
            if envelope "from" "Alice <alice@example.org>" { stop; }
            """, r"""
            a.sieve:2:27: warning: this matches no address: there is no @ in what :domain compares
              if address :domain "from" "alice@example.org" { stop; }
                                        ^
              suggestion: write "example.org"
            a.sieve:3:38: warning: this matches no address: there is no @ in what :localpart compares
              if address :localpart :contains "to" "lists@" { stop; }
                                                   ^
              suggestion: write "lists"
            a.sieve:4:19: warning: this matches no address: the whole address is compared, and this has no @
              if address "from" "example.org" { stop; }
                                ^
              suggestion: write :domain before it
            a.sieve:5:20: warning: this matches no address: an address is compared without its name and angle brackets
              if envelope "from" "Alice <alice@example.org>" { stop; }
                                 ^
              suggestion: write "alice@example.org"
            """)

    def test_contains_the_empty_string(self):
        self.warns(r"""
            if header :contains "X-Spam" "" { discard; }
            """, r"""
            a.sieve:1:30: warning: every value contains the empty string
              if header :contains "X-Spam" "" { discard; }
                                           ^
              suggestion: ask for the field with `exists'
            """)

    def test_dates(self):
        self.warns(r"""
            require ["date", "relational"];
            if currentdate :is "hour" "9" { stop; }
            if currentdate :is "weekday" ["0", "7", "Monday"] { stop; }
            if currentdate :value "ge" "hour" "09" { keep; }
            """, r"""
            a.sieve:2:27: warning: this is never found: hour is a number from 00 to 23
              if currentdate :is "hour" "9" { stop; }
                                        ^
              suggestion: write "09"
            a.sieve:3:36: warning: this is never found: weekday is a number from 0 to 6
              if currentdate :is "weekday" ["0", "7", "Monday"] { stop; }
                                                 ^
            a.sieve:3:41: warning: this is never found: weekday is a number from 0 to 6
              if currentdate :is "weekday" ["0", "7", "Monday"] { stop; }
                                                      ^
            """)

    def test_counts(self):
        self.warns(r"""
            require ["relational", "comparator-i;ascii-numeric"];
            if header :count "eq" "received" "many" { stop; }
            if header :count "lt" "received" "0" { stop; }
            if header :count "ge" "received" "0" { stop; }
            if header :value "gt" "x-score" "10" { stop; }
            if header :value "gt" :comparator "i;ascii-numeric" "x-score" "ten" { stop; }
            """, r"""
            a.sieve:2:34: warning: :count compares a number, and `many' is none
              if header :count "eq" "received" "many" { stop; }
                                               ^
            a.sieve:3:34: warning: this is never true: nothing is less than 0 times there
              if header :count "lt" "received" "0" { stop; }
                                               ^
              suggestion: write :count "eq" for "not there"
            a.sieve:4:34: warning: this is always true: everything is there 0 times or more
              if header :count "ge" "received" "0" { stop; }
                                               ^
              suggestion: write :count "gt" for "there"
            a.sieve:5:33: warning: this is compared as text, and as text "9" is greater than "10"
              if header :value "gt" "x-score" "10" { stop; }
                                              ^
              suggestion: write :comparator "i;ascii-numeric" (require "comparator-i;ascii-numeric")
            a.sieve:6:63: warning: `ten' is no number: to i;ascii-numeric it is the same as every other text
              if header :value "gt" :comparator "i;ascii-numeric" "x-score" "ten" { stop; }
                                                                            ^
            """)

    def test_sizes(self):
        self.warns(r"""
            if allof (size :over 1M, not header :is "subject" "a", size :under 100K) { discard; }
            if size :under 0 { discard; }
            """, r"""
            a.sieve:1:56: warning: this is never true: no message is both over 1048576 and under 102400 octets
              if allof (size :over 1M, not header :is "subject" "a", size :under 100K) { discard; }
                                                                     ^
              suggestion: exchange the numbers
            a.sieve:2:4: warning: this is never true: no message is smaller than 0 octets
              if size :under 0 { discard; }
                 ^
            """)

    def test_case_under_the_octet_comparator(self):
        self.warns(r"""
            require "variables";
            set :lower "name" "ABC";
            if string :comparator "i;octet" "${name}" "ABC" { stop; }
            """, r"""
            a.sieve:3:43: warning: this is never found: the variable has no upper case, and i;octet tells it apart
              if string :comparator "i;octet" "${name}" "ABC" { stop; }
                                                        ^
              suggestion: write "abc"
            """)

    def test_shadowed_rules(self):
        self.warns(r"""
            require "fileinto";
            if header :contains "subject" "invoice" {
                fileinto "Bills";
            } elsif header :contains "subject" "invoice from Bob" {
                fileinto "Bob";
            } elsif allof (size :over 1K, header :is ["Subject"] "Invoice") {
                fileinto "Big";
            }
            if anyof (exists "List-Id", size :over 1M) { discard; stop; }
            if size :over 2M { keep; }
            if exists "List-Id" { keep; }
            """, r"""
            a.sieve:4:9: warning: this is never true here: the test on line 2 takes all messages that this one could find
              } elsif header :contains "subject" "invoice from Bob" {
                      ^
              suggestion: put the narrower test first, or remove this one
            a.sieve:6:9: warning: this is never true here: the test on line 2 takes all messages that this one could find
              } elsif allof (size :over 1K, header :is ["Subject"] "Invoice") {
                      ^
              suggestion: put the narrower test first, or remove this one
            a.sieve:10:4: warning: this is never true here: the test on line 9 takes all messages that this one could find
              if size :over 2M { keep; }
                 ^
              suggestion: put the narrower test first, or remove this one
            a.sieve:11:4: warning: this is never true here: the test on line 9 takes all messages that this one could find
              if exists "List-Id" { keep; }
                 ^
              suggestion: put the narrower test first, or remove this one
            """)

    def test_unused_requirements(self):
        self.warns(r"""
            require ["fileinto", "copy", "fileinto", "comparator-i;ascii-numeric", "variables", "mailbox"];
            fileinto :create "x";
            """, r"""
            a.sieve:1:22: warning: `copy' is required and not used
              require ["fileinto", "copy", "fileinto", "comparator-i;ascii-numeric", "variables", "mailbox"];
                                   ^
              suggestion: remove it
            a.sieve:1:30: warning: `fileinto' is required twice
              require ["fileinto", "copy", "fileinto", "comparator-i;ascii-numeric", "variables", "mailbox"];
                                           ^
              suggestion: remove it
            a.sieve:1:42: warning: `comparator-i;ascii-numeric' is required and not used
              require ["fileinto", "copy", "fileinto", "comparator-i;ascii-numeric", "variables", "mailbox"];
                                                       ^
              suggestion: remove it
            a.sieve:1:72: warning: `variables' is required and not used
              require ["fileinto", "copy", "fileinto", "comparator-i;ascii-numeric", "variables", "mailbox"];
                                                                                     ^
              suggestion: remove it
            """)

    def test_what_is_right_is_not_warned_of(self):
        self.clean("""
            require ["fileinto", "imap4flags", "copy", "date", "envelope", "variables"];
            if header :contains "subject" "a" { fileinto :copy "A"; addflag "\\\\Seen"; }
            if header :contains "subject" "abc" { stop; } elsif header :contains "subject" "ab" { keep; }
            if header :is :comparator "i;octet" "subject" "Ab" { stop; }
            if header :is "subject" "ab" { keep; }
            if anyof (size :over 1M, size :under 100K) { keep; }
            if allof (size :over 100K, size :under 1M) { keep; }
            if address :domain "from" "example.org" { keep; }
            if address ["from", "to"] "alice@example.org" { keep; }
            if envelope "from" "" { keep; }
            if currentdate :is "hour" ["09", "10"] { keep; }
            if header :matches "subject" "*${x}*" { set "y" "${1}"; }
            if string "${y}" "a" { set "y" "b"; }
            if string "${y}" "a" { addflag "\\\\Seen"; }
            """)

    def test_the_examples_are_clean(self):
        examples = os.path.join(SOURCES, "contrib", "sieve")
        self.expect(["check", *(os.path.join(examples, name) for name in sorted(os.listdir(examples)))])

    def test_a_changed_message_is_another(self):
        self.clean("""
            require "editheader";
            if header "subject" "a" { stop; }
            addheader "subject" "a";
            if header "subject" "a" { stop; }
            """)

    def test_redirects_to_oneself(self):
        script = """
            redirect "Alice+lists@EXAMPLE.org";
            redirect "bob@example.org";
            """
        self.clean(script)
        self.warns(script, """
            a.sieve:1:10: warning: `Alice+lists@EXAMPLE.org' is the user's own address: the mail comes back here
              redirect "Alice+lists@EXAMPLE.org";
                       ^
              suggestion: write keep to store it in the inbox
            """, "--user", "al@example.net", "--user=alice@example.org")

    SCRIPT = """
        require ["fileinto", "mailbox"];
        fileinto "INBOX";
        fileinto "Lists.Walks";
        fileinto "Lists/Walk";
        fileinto :create "New";
        fileinto "Elsewhere";
        """

    def folders(self, location):
        self.warns(self.SCRIPT, f"""
            a.sieve:4:10: warning: there is no folder `Lists/Walk' in {location}
              fileinto "Lists/Walk";
                       ^
              suggestion: did you mean "Lists/Walks"?
            a.sieve:6:10: warning: there is no folder `Elsewhere' in {location}
              fileinto "Elsewhere";
                       ^
              suggestion: let fileinto make it, with :create (require "mailbox")
            """, "--mail", location)

    def test_folders_of_a_maildir(self):
        for folder in "", "/.Lists.Walks", "/.B&AOk-":
            for part in "cur", "new", "tmp":
                os.makedirs(f"{self.directory.name}/Maildir{folder}/{part}")
        self.folders("Maildir")
        self.folders("maildir:~/Maildir:utf-8")
        self.clean('require "fileinto"; fileinto "B\u00e9";', "--mail=Maildir")

    def test_folders_that_are_mbox_files(self):
        self.file("mail/Lists/Walks", "")
        self.file("mail/.subscriptions", "")
        self.folders("mail")
        self.folders("mbox:mail")

    def test_no_mail_there(self):
        self.file("a.sieve", "keep;")
        done = self.run_tool("check", "--mail", "none", "a.sieve")
        self.assertEqual((done.returncode, done.stderr.splitlines()[0]),
                         (64, b"lastmile-sieve: check: --mail: there is no directory none"))


class Suggestions(ToolTest):
    def test_names(self):
        self.file("a.sieve", """
            require ["fileint", "imapflags", "notify"];
            if allof (headr :is "a" "b", header :contain "a" "b", header :domain "from" "b") { kepe; }
            if header :comparator "i;octett" "a" "b" { mark; }
            if header :count "ge" "a" "2" { vacation :days 2 "a"; }
            if address "subject" "a" { stop; }
            """)
        self.expect(["check", "a.sieve"], 1, r"""
            a.sieve:1:10: error: unsupported capability `fileint'
              require ["fileint", "imapflags", "notify"];
                       ^
              suggestion: did you mean "fileinto"?
            a.sieve:2:11: error: unknown test `headr'
              if allof (headr :is "a" "b", header :contain "a" "b", header :domain "from" "b") { kepe; }
                        ^
              suggestion: did you mean header?
            a.sieve:2:37: error: test `header' has no tag :contain
              if allof (headr :is "a" "b", header :contain "a" "b", header :domain "from" "b") { kepe; }
                                                  ^
              suggestion: did you mean :contains?
            a.sieve:2:62: error: test `header' has no tag :domain
              if allof (headr :is "a" "b", header :contain "a" "b", header :domain "from" "b") { kepe; }
                                                                           ^
              suggestion: ask for parts of addresses with the test `address'
            a.sieve:2:84: error: unknown command `kepe'
              if allof (headr :is "a" "b", header :contain "a" "b", header :domain "from" "b") { kepe; }
                                                                                                 ^
              suggestion: did you mean keep?
            a.sieve:3:11: error: unknown comparator `i;octett'
              if header :comparator "i;octett" "a" "b" { mark; }
                        ^
              suggestion: did you mean "i;octet"?
            a.sieve:4:11: error: test `header' has no tag :count
              if header :count "ge" "a" "2" { vacation :days 2 "a"; }
                        ^
              suggestion: add "relational" to the require on line 1
            a.sieve:4:33: error: unknown command `vacation': require "vacation" is missing
              if header :count "ge" "a" "2" { vacation :days 2 "a"; }
                                              ^
              suggestion: add "vacation" to the require on line 1
            a.sieve:5:12: error: `subject' is no header field with addresses
              if address "subject" "a" { stop; }
                         ^
              suggestion: ask for other fields with the test `header'
            """)

    def test_older_forms(self):
        self.file("a.sieve", """
            require "imapflags";
            mark;
            """)
        self.expect(["check", "a.sieve"], 0, r"""
            a.sieve:1:9: warning: `imapflags' is an older form
              require "imapflags";
                      ^
              suggestion: write "imap4flags" (RFC 5232)
            a.sieve:2:1: warning: `mark' is an older form
              mark;
              ^
              suggestion: write addflag "\\Flagged"; with require "imap4flags"
            """)

    def test_a_missing_semicolon_is_on_the_line_before(self):
        self.file("a.sieve", """
            if true {
                keep

            }
            """)
        self.expect(["check", "a.sieve"], 1, """
            a.sieve:4:1: error: `;' was expected after `keep', not `}'
              }
              ^
              suggestion: write `;' at the end of line 2
            """)

    def test_a_first_require_is_suggested(self):
        self.file("a.sieve", 'fileinto "x";')
        self.expect(["check", "a.sieve"], 1, """
            a.sieve:1:1: error: unknown command `fileinto': require "fileinto" is missing
              fileinto "x";
              ^
              suggestion: write require "fileinto"; at the top of the script
            """)


if __name__ == "__main__":
    main()
