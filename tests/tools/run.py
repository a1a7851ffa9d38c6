#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""lastmile-sieve run: the decision on a message."""
import json

from tool import ToolTest, main, text

MESSAGE = """
    Return-Path: <alice@example.org>
    Delivered-To: bob+lists@example.com
    From: Alice <alice@example.org>
    To: bob@example.com
    Subject: Hello

    Good day.
    """


class Run(ToolTest):
    def setUp(self):
        super().setUp()
        self.file("m.eml", MESSAGE)

    def shows(self, script, stdout, *options, status=0, stderr="", reply="250 2.0.0 Ok"):
        """What is said, `reply` as its last line."""
        self.file("s.sieve", script)
        stdout = text(stdout) + f"  reply: {reply}\n" if stdout else ""
        self.expect(["run", *options, "s.sieve", "m.eml"], status, stdout, stderr)

    def test_the_implicit_keep(self):
        self.shows("", """
            m.eml
              implicit keep in the INBOX
            """)
        self.shows('require "imap4flags"; addflag ["\\\\Seen", "$x"];', r"""
            m.eml
              implicit keep in the INBOX, flags \Seen $x
            """)

    def test_actions_in_their_order(self):
        self.shows("""
            require ["fileinto", "copy", "imap4flags", "mailbox"];
            redirect :copy "carol@example.net";
            fileinto :create :flags "\\\\Seen" "Lists/A";
            fileinto :copy "B";
            discard;
            keep;
            """, r"""
            m.eml
              line 2: redirect to carol@example.net, as a copy
              line 3: fileinto "Lists/A", creating it, flags \Seen
              line 4: fileinto "B", as a copy
              line 5: discard
              line 6: keep in the INBOX
            """)

    def test_folders_and_lists_are_as_they_are_told(self):
        self.file("staff", "alice@example.org\n")
        self.file("annotations", "Walks /private/x y\n")
        self.shows("""
            require ["fileinto", "mailbox", "special-use", "extlists", "mboxmetadata"];
            if allof (mailboxexists ["Walks", "Dust"], not mailboxexists "Other",
                      address :list "from" "tag:staff", metadata "Walks" "/private/x" "y") {
              fileinto :specialuse "\\\\Trash" "Other";
            }
            """, """
            m.eml
              line 4: fileinto "Dust"
            """, "--folder=Walks", "--folder=Dust", "--set=special-use=\\Trash=Dust",
                   f"--set=lists=tag:staff={self.directory.name}/staff",
                   f"--set=metadata={self.directory.name}/annotations")

    def test_a_store_into_the_inbox_is_not_kept_twice(self):
        self.shows('require ["fileinto", "copy"]; fileinto :copy "inbox";', """
            m.eml
              line 1: fileinto "inbox", as a copy
            """)

    def test_a_refusal_is_shown_with_its_text(self):
        self.shows('require "ereject"; ereject text:\nNot here.\n\nSorry.\n.\n;', """
            m.eml
              line 1: ereject
            """, reply="550-5.7.1 Not here.\n         550-5.7.1\n         550 5.7.1 Sorry.")

    def test_a_refusal_that_no_reply_can_say(self):
        script = 'require "reject"; reject "N\u00e4";'
        shown = """
            m.eml
              line 1: reject
            """
        self.shows(script, shown, reply="250 2.0.0 Ok, and the sender is told by mail")
        self.file("m.eml", "List-Id: <a.example.org>\n" + text(MESSAGE))
        self.shows(script, shown, reply="550 5.7.1 The recipient does not want this message")

    def test_programs(self):
        script = 'require ["vnd.dovecot.pipe", "vnd.dovecot.execute"];\nexecute "a";\npipe "b";\n'
        self.shows(script, "", status=1, stderr="""
            s.sieve:1:10: error: unsupported capability `vnd.dovecot.pipe'
              require ["vnd.dovecot.pipe", "vnd.dovecot.execute"];
                       ^
            s.sieve:1:30: error: unsupported capability `vnd.dovecot.execute'
              require ["vnd.dovecot.pipe", "vnd.dovecot.execute"];
                                           ^
            s.sieve:2:1: error: unknown command `execute'
              execute "a";
              ^
            s.sieve:3:1: error: unknown command `pipe'
              pipe "b";
              ^
            """)
        self.shows(script, """
            m.eml
              s.sieve:2:1: warning: execute: program `a' failed: no program is run here
                execute "a";
                ^
              line 3: pipe to the program "b"
            """, "--set=programs=/bin")

    def test_an_error_of_the_run(self):
        self.shows('require "fileinto";\nfileinto "a";\nif true { redirect "x@example.org"; }\n'
                   + "".join(f'redirect "x{i}@example.org";\n' for i in range(4)), """
            m.eml
              s.sieve:7:1: error: number of redirect actions exceeds policy limit
                redirect "x3@example.org";
                ^
              implicit keep in the INBOX
            """, status=1)

    def test_warnings_are_shown(self):
        self.shows('require "imap4flags";\naddflag "caf\u00e9";', """
            m.eml
              s.sieve:2:1: warning: `caf\u00e9' is no IMAP flag: ignored
                addflag "caf\u00e9";
                ^
              implicit keep in the INBOX
            """)

    def test_a_bad_script(self):
        self.shows("keep :x;", "", status=1, stderr="""
            s.sieve:1:6: error: command `keep' has no tag :x
              keep :x;
                   ^
            """)
        self.expect(["run", "none.sieve", "m.eml"], 1, "",
                    "none.sieve: error: cannot be read: No such file or directory\n")

    def test_several_messages(self):
        self.file("s.sieve", 'if header :is "subject" "Hello" { discard; }')
        self.expect(["run", "s.sieve", "m.eml", "-"], 0, """
            m.eml
              line 1: discard
              reply: 250 2.0.0 Ok
            (standard input)
              implicit keep in the INBOX
              reply: 250 2.0.0 Ok
            """, stdin=b"Subject: Other\r\n\r\n")

    def test_a_message_that_is_not_there(self):
        self.file("s.sieve", "")
        self.expect(["run", "s.sieve", "none.eml"], 1, "",
                    "none.eml: error: cannot be read: No such file or directory\n")
        self.expect(["run", "s.sieve", "none.eml", "m.eml"], 1, """
            m.eml
              implicit keep in the INBOX
              reply: 250 2.0.0 Ok
            """, "none.eml: error: cannot be read: No such file or directory\n")
        done = self.run_tool("run", "--json", "s.sieve", "none.eml", "m.eml", ".")
        self.assertEqual([one["message"] for one in json.loads(done.stdout)], ["m.eml"])

    ENVELOPE = """
        require ["envelope", "subaddress", "variables", "fileinto", "environment"];
        set "from" "-";
        if envelope :matches "from" "*" { set "from" "${1}"; }
        if envelope :matches "to" "*" { set "to" "${1}"; }
        if envelope :matches "orig_to" "*" { set "orig" "${1}"; }
        if envelope :matches :detail "to" "*" { set "detail" "${1}"; }
        if environment :matches "vnd.dovecot.username" "*" { set "user" "${1}"; }
        fileinto "${from} ${to} ${orig} ${detail} ${user}";
        """.replace('"environment"]', '"environment", "vnd.dovecot.environment"]')

    def test_the_envelope_comes_from_trace_fields(self):
        self.shows(self.ENVELOPE, """
            m.eml
              line 8: fileinto "alice@example.org bob+lists@example.com bob+lists@example.com lists bob"
            """)

    def test_the_envelope_comes_from_options(self):
        self.shows(self.ENVELOPE, """
            m.eml
              line 8: fileinto " carol+x@example.net sales@example.net x carol"
            """, "--from=<>", "--to", "carol+x@example.net", "--orig-to=sales@example.net", "-ucarol")
        self.file("s.sieve", "")
        self.expect(["run", "--to=a b", "s.sieve", "m.eml"], 64, "", """
            lastmile-sieve: run: --to: `a b' is no address
            usage: lastmile-sieve run [OPTION...] SCRIPT MESSAGE...
            """)

    def test_the_clock_and_what_was_seen(self):
        script = """
            require ["date", "fileinto", "duplicate", "variables"];
            if currentdate :zone "+0000" :matches "iso8601" "*" { set "now" "${1}"; }
            if duplicate :uniqueid "x" { fileinto "${now}"; }
            """
        self.shows(script, """
            m.eml
              line 3: fileinto "2026-11-21T09:15:00Z"
            """, "--now=2026-11-21T10:15:00+01:00", "--seen=x")
        self.shows(script, """
            m.eml
              line 3: remember "x" for 7 days
              implicit keep in the INBOX
            """, "--now=@1795256130")
        self.expect(["run", "--now=noon", "s.sieve", "m.eml"], 64, "", """
            lastmile-sieve: run: --now: `noon' is no date: 2026-11-21, 2026-11-21T10:15:30Z, @SECONDS
            usage: lastmile-sieve run [OPTION...] SCRIPT MESSAGE...
            """)

    def test_a_mailbox_says_which_folders_are_there(self):
        for name in "cur", "new", "tmp":
            self.file(f"Mail/.Lists/{name}/.none", "")
            self.file(f"Mail/{name}/.none", "")
        self.shows("""
            require ["fileinto", "copy", "mailbox"];
            fileinto :copy "Lists";
            fileinto :copy "List";
            fileinto :copy :create "New";
            """, """
            m.eml
              line 2: fileinto "Lists", as a copy
              line 3: fileinto "List", as a copy
                  there is no such folder: the message as it came goes to the INBOX instead
              line 4: fileinto "New", creating it, as a copy
              implicit keep in the INBOX
            """, f"--mail=maildir:{self.directory.name}/Mail")

    def test_scripts_before_and_after(self):
        self.file("before.sieve", 'require ["fileinto", "copy"]; fileinto :copy "All";')
        self.file("after.sieve", 'require "fileinto";\nfileinto "Rest";')
        self.file("more.sieve", 'require "fileinto";\nfileinto "Never";')
        self.shows("keep;", """
            m.eml
              before.sieve line 1: fileinto "All", as a copy
              after.sieve line 2: fileinto "Rest"
            """, "--before=before.sieve", "--after=after.sieve", "--after=more.sieve")
        self.file("conf", f"script-before = {self.directory.name}/before.sieve\nusers = self\nsieve_max_redirects = 1\n")
        self.shows('redirect "a@example.org"; redirect "b@example.org";', f"""
            m.eml
              s.sieve:1:27: error: number of redirect actions exceeds policy limit
                redirect "a@example.org"; redirect "b@example.org";
                                          ^
              {self.directory.name}/before.sieve line 1: fileinto "All", as a copy
              implicit keep in the INBOX
            """, "--config=conf", status=1)

    def test_settings_that_are_wrong(self):
        self.file("s.sieve", "")
        for option, text_ in (("--set=x", "--set: `x' is not KEY=VALUE"),
                              ("--set=quote=1", "command line: unknown option '--quote'; did you mean 'quota'?")):
            done = self.run_tool("run", option, "s.sieve", "m.eml")
            self.assertEqual((done.returncode, done.stdout), (64, b""))
            self.assertEqual(done.stderr.decode(), f"lastmile-sieve: run: {text_}\n"
                             "usage: lastmile-sieve run [OPTION...] SCRIPT MESSAGE...\n")

    def test_json(self):
        self.file("s.sieve", 'require "fileinto";\nfileinto "a\\"b";\nredirect "carol@example.net";\n')
        self.expect(["run", "--json", "s.sieve", "m.eml"], 0, r"""
            [
            {"message":"m.eml",
             "envelope":{"from":"alice@example.org","to":"bob+lists@example.com","orig-to":"","user":"bob"},
             "log":[],
             "actions":[
              {"script":"s.sieve","line":2,"column":1,"action":"fileinto \"a\"b\""},
              {"script":"s.sieve","line":3,"column":1,"action":"redirect to carol@example.net"}
             ],
             "reply":{"code":250,"enhanced":"2.0.0","text":"Ok"}}
            ]
            """)

    def test_show_mail(self):
        self.shows('redirect "carol@example.net";', """
            m.eml
              line 1: redirect to carol@example.net
                  | Return-Path: <alice@example.org>
                  | Delivered-To: bob+lists@example.com
                  | From: Alice <alice@example.org>
                  | To: bob@example.com
                  | Subject: Hello
                  |
                  | Good day.
            """, "--show-mail")

    def test_edits_of_the_header(self):
        self.shows("""
            require ["editheader", "fileinto"];
            addheader "X-Sorted" "yes";
            fileinto "a";
            deleteheader "Subject";
            addheader :last "X-Last" "1";
            keep;
            """, """
            m.eml
              line 3: fileinto "a"
                  + X-Sorted: yes
              line 6: keep in the INBOX
                  - Subject: Hello
                  + X-Sorted: yes
                  + X-Last: 1
            """)

    def test_the_home_has_scripts_to_include(self):
        self.file("alice/sieve/one.sieve", "discard;")
        self.file("scripts/one.sieve", "keep;")
        script = 'require "include"; include "one";'
        self.file("sub/s.sieve", script)
        self.expect(["run", "--home=alice", "sub/s.sieve", "m.eml"], 0, """
            m.eml
              one line 1: discard
              reply: 250 2.0.0 Ok
            """)
        self.expect(["run", f"--set=include-personal={self.directory.name}/scripts", "sub/s.sieve", "m.eml"], 0, """
            m.eml
              one line 1: keep in the INBOX
              reply: 250 2.0.0 Ok
            """)

    def test_included_scripts(self):
        self.file("s.sieve", 'require "include";\ninclude "more";\n')
        self.file("more.sieve", "# more\n\ndiscard;\n")
        self.expect(["run", "s.sieve", "m.eml"], 0, """
            m.eml
              more line 3: discard
              reply: 250 2.0.0 Ok
            """)
        self.file("more.sieve", "discord;")
        done = self.run_tool("run", "s.sieve", "m.eml")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"more:1:1: error: unknown command `discord'\n", done.stderr)


if __name__ == "__main__":
    main()
