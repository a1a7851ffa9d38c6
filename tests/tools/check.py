#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""lastmile-sieve check."""
import json
import os
import re

from tool import ToolTest, main


class Check(ToolTest):
    def test_a_good_script_says_nothing(self):
        self.file("a.sieve", 'require "fileinto";\nfileinto "x";\n')
        self.expect(["check", "a.sieve"])
        self.expect(["check", "a.sieve", "a.sieve"])
        self.expect(["check", "-"], stdin=b"keep;")

    def test_errors_show_their_line(self):
        self.file("a.sieve", b'require "fileinto";\n\tif header :contains "a" "b\xc3\xa9" { foo; }\r\nkeep :x 1;\n')
        self.expect(["check", "a.sieve"], 1, """
            a.sieve:2:34: error: unknown command `foo'
              \tif header :contains "a" "b\u00e9" { foo; }
              \t                               ^
            a.sieve:3:6: error: command `keep' has no tag :x
              keep :x 1;
                   ^
            """)

    def test_several_files_are_all_checked(self):
        self.file("a.sieve", "keep")
        self.file("b.sieve", "keep;")
        self.file("c.sieve", "discord;")
        self.expect(["check", "a.sieve", "b.sieve", "none.sieve", "c.sieve"], 1, """
            a.sieve:1:5: error: `;' was expected after `keep', not the end of the script
              keep
                  ^
              suggestion: write `;' at the end of line 1
            none.sieve: error: cannot be read: No such file or directory
            c.sieve:1:1: error: unknown command `discord'
              discord;
              ^
              suggestion: did you mean discard?
            """)

    def test_standard_input(self):
        self.expect(["check", "-"], 1, """
            (standard input):1:10: error: redirect: `nobody' is no address
              redirect "nobody";
                       ^
            """, stdin=b'redirect "nobody";')

    def test_what_is_no_script(self):
        self.file("binary", b"\x7fELF\n\x02\x00\x00" + bytes(1000))
        self.file("directory/x", "")
        self.expect(["check", "binary", "directory"], 1, """
            binary:2:2: error: this is no script: a NUL octet stands here
            directory: error: cannot be read: Is a directory
            """)

    def test_a_script_that_is_too_large(self):
        self.file("a.sieve", "keep;\n" * 200000)
        self.expect(["check", "a.sieve"], 1, "a.sieve: error: the script is larger than 1048576 octets\n")

    def test_control_characters_do_not_reach_the_terminal(self):
        self.file("a.sieve", b'redirect "\x1b[2J";')
        self.expect(["check", "a.sieve"], 1, r"""
            a.sieve:1:10: error: redirect: `\x1b[2J' is no address
              redirect "?[2J";
                       ^
            """)

    def test_a_list_without_brackets(self):
        self.file("s.sieve", 'require "fileinto", "copy";')
        self.expect(["check", "s.sieve"], 1, """
            s.sieve:1:19: error: `;' was expected after `require', not `,'
              require "fileinto", "copy";
                                ^
              suggestion: put several strings into brackets: ["a", "b"]
            """)

    def test_programs(self):
        self.file("s.sieve", 'require ["vnd.dovecot.pipe", "vnd.dovecot.execute"];\n'
                             'if execute "there" { pipe "ther"; }\npipe "plain"; pipe "d"; pipe "two words";\n')
        self.file("bin/there", "")
        self.file("bin/plain", "")
        self.file("bin/d/x", "")
        os.chmod(os.path.join(self.directory.name, "bin/there"), 0o755)
        os.chmod(os.path.join(self.directory.name, "bin/plain"), 0o644)
        told = f"""
            s.sieve:2:27: warning: there is no program `ther' in DIR
              if execute "there" {{ pipe "ther"; }}
                                        ^
              suggestion: did you mean "there"?
            s.sieve:3:6: warning: `plain' in DIR cannot be executed
              pipe "plain"; pipe "d"; pipe "two words";
                   ^
              suggestion: chmod +x DIR/plain
            s.sieve:3:20: warning: `d' in DIR cannot be executed
              pipe "plain"; pipe "d"; pipe "two words";
                                 ^
            s.sieve:3:30: warning: no delivery runs a program called `two words'
              pipe "plain"; pipe "d"; pipe "two words";
                                           ^
              suggestion: name it with letters, digits, -, _ and . alone
            """
        self.expect(["check", "--programs=bin", "s.sieve"], 0, told.replace("DIR", "bin"))
        whole = os.path.join(self.directory.name, "bin")
        self.expect(["check", "--set=programs=" + whole, "s.sieve"], 0, told.replace("DIR", whole))

    def test_programs_that_are_not_allowed(self):
        self.file("s.sieve", 'require "vnd.dovecot.pipe";\n')
        self.expect(["check", "s.sieve"], 1, """
            s.sieve:1:9: error: unsupported capability `vnd.dovecot.pipe'
              require "vnd.dovecot.pipe";
                      ^
              suggestion: say where the programs are, with --programs
            """)

    def test_quiet(self):
        self.file("a.sieve", "keep")
        self.expect(["check", "--quiet", "a.sieve"], 1)
        self.expect(["check", "-q", "-"], 0, stdin=b"keep;")

    def test_json(self):
        self.file("a.sieve", b'foo; keep; redirect "\\"\xff\x01";')
        self.file("b.sieve", 'require "mailbox";\nfileinto text:\nA\n.\n;')
        self.expect(["check", "--json", "a.sieve", "b.sieve", "none"], 1, r"""
            [
            {"file":"a.sieve","line":1,"column":1,"end_line":1,"end_column":4,"severity":"error","code":"unknown-command","message":"unknown command `foo'","suggestion":""},
            {"file":"a.sieve","line":1,"column":21,"end_line":1,"end_column":27,"severity":"error","code":"invalid","message":"redirect: `\"%s\\x01' is no address","suggestion":""},
            {"file":"b.sieve","line":2,"column":1,"end_line":2,"end_column":9,"severity":"error","code":"missing-require","message":"unknown command `fileinto': require \"fileinto\" is missing","suggestion":"add \"fileinto\" to the require on line 1"},
            {"file":"none","line":0,"column":0,"end_line":0,"end_column":0,"severity":"error","code":"invalid","message":"cannot be read: No such file or directory","suggestion":""}
            ]
            """ % "\ufffd")
        done = self.run_tool("check", "--json", "a.sieve")
        self.assertEqual([found["line"] for found in json.loads(done.stdout)], [1, 1])
        self.expect(["check", "--json", "-"], 0, "[]\n", stdin=b"keep;")

    def test_warnings_leave_the_exit_status_alone(self):
        warning = """
            (standard input):1:4: warning: this is never true: the block does not run
              if false { keep; }
                 ^
              suggestion: remove the branch
            """
        self.expect(["check", "-"], 0, warning, stdin=b"if false { keep; }")
        self.expect(["check", "--warnings-as-errors", "-"], 1, warning, stdin=b"if false { keep; }")
        self.expect(["check", "-qW", "-"], 1, stdin=b"if false { keep; }")
        self.expect(["check", "-W", "-"], 0, stdin=b"keep;")

    def test_colours_on_a_terminal_alone(self):
        self.file("a.sieve", "discord;")
        coloured = ("\x1b[1ma.sieve:1:1: \x1b[0m\x1b[31merror:\x1b[0m\x1b[1m unknown command `discord'\x1b[0m\r\n"
                    "  discord;\r\n  \x1b[32m^\x1b[0m\r\n"
                    "  \x1b[36msuggestion:\x1b[0m did you mean discard?\r\n")
        self.assertEqual(self.on_terminal(["check", "a.sieve"], {"TERM": "xterm"}), coloured)
        plain = re.sub(r"\x1b\[\d+m", "", coloured)
        self.assertEqual(self.on_terminal(["check", "a.sieve"], {"TERM": "xterm", "NO_COLOR": "1"}), plain)
        self.assertEqual(self.on_terminal(["check", "a.sieve"], {"TERM": "dumb"}), plain)


if __name__ == "__main__":
    main()
