#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""lastmile-sieve run --trace: how the decision came about."""
from tool import ToolTest, main

MESSAGE = """
    From: Alice <alice@example.org>
    To: bob@example.com
    List-Id: All of us <all.lists.example.org>
    Subject: This subject goes on and on, so that it does not fit into a line of eighty columns

    """

SCRIPT = r"""
    require ["fileinto", "variables", "imap4flags"];
    # sort the lists
    if anyof (header :contains "subject" ["x", "nothing"],
              allof (exists ["list-id", "x-none"], size :over 1)) {
        discard;
    } elsif not header :matches "list-id" "*<*.example.org>*" {
        keep;
    } else {
        set :upper "list" "${2}";
        addflag "\\Seen";
        fileinto "Lists/${list}";
        stop;
    }
    """

TRACE = r"""
    m.eml
        3  if anyof (header :contains "subject" ["x", "nothing"],
           anyof
             header
               value  "This subject goes on and on, so that it does no…" (82 octets)
               key    "x"
               key    "nothing"
               => false
        4            allof (exists ["list-id", "x-none"], size :over 1)) {
             allof
               exists
                 value  "List-Id"
                 key    "list-id"
                 key    "x-none"
                 => false
               => false
             => false
        6  } elsif not header :matches "list-id" "*<*.example.org>*" {
           not
             header
               value  "All of us <all.lists.example.org>"
               key    "*<*.example.org>*"
               ${0} = "All of us <all.lists.example.org>"
               ${1} = "All of us "
               ${2} = "all.lists"
               ${3} = ""
               => true
             => false
        9      set :upper "list" "${2}";
           list = "ALL.LISTS"
       10      addflag "\\Seen";
           flags in force: \Seen
       11      fileinto "Lists/${list}";
           action: fileinto "Lists/ALL.LISTS", flags \Seen
       12      stop;

      line 11: fileinto "Lists/ALL.LISTS", flags \Seen
    """


class Trace(ToolTest):
    def test_the_whole_of_it(self):
        self.file("s.sieve", SCRIPT)
        self.file("m.eml", MESSAGE)
        self.expect(["run", "--trace", "s.sieve", "m.eml"], 0, TRACE)

    def test_it_ends_where_the_script_fails(self):
        self.file("s.sieve", 'require "reject";\nreject "no";\nkeep; stop;\n')
        self.file("m.eml", MESSAGE)
        self.expect(["run", "--trace", "s.sieve", "m.eml"], 1, """
            m.eml
                2  reject "no";
                   action: reject
                3  keep; stop;
                   action: keep in the INBOX

              s.sieve:3:1: error: keep conflicts with the reject taken before
                keep; stop;
                ^
              implicit keep in the INBOX
            """)

    def test_tests_without_values_take_one_line(self):
        self.file("s.sieve", "if not false {\nkeep;\n}")
        self.file("m.eml", MESSAGE)
        self.expect(["run", "--trace", "s.sieve", "m.eml"], 0, """
            m.eml
                1  if not false {
                   not
                     false => false
                     => true
                2  keep;
                   action: keep in the INBOX

              line 2: keep in the INBOX
            """)

    def test_many_values_are_cut(self):
        self.file("s.sieve", 'if header :is "x" "z" {}')
        self.file("m.eml", "".join(f"X: {i}\n" for i in range(20)) + "\n")
        done = self.run_tool("run", "--trace", "s.sieve", "m.eml")
        self.assertIn(b'value  "7"\n         value  and 12 more\n         key    "z"\n', done.stdout)

    def test_included_scripts_are_named(self):
        self.file("s.sieve", 'require "include";\ninclude "more";\nkeep;\n')
        self.file("more.sieve", "if true { keep; }")
        self.file("m.eml", MESSAGE)
        self.expect(["run", "--trace", "s.sieve", "m.eml"], 0, """
            m.eml
                2  include "more";
            --- more
                1  if true { keep; }
                   true => true
                   action: keep in the INBOX
            --- s.sieve
                3  keep;
                   action: keep in the INBOX

              more line 1: keep in the INBOX
            """)

    def test_no_line_is_wider_than_a_terminal(self):
        long = "\u00e9" * 300
        nested = "not " * 29
        self.file("s.sieve", f'require "variables";\nset "v" "{long}";\nset "{"n" * 60}" "{long}";\n'
                             f'if {nested} string "{long}" "${{v}}x" {{\n\tdiscard; # {long}\n}}')
        self.file("m.eml", MESSAGE)
        done = self.run_tool("run", "--trace", "s.sieve", "m.eml")
        self.assertEqual(done.returncode, 0)
        for line in done.stdout.decode().splitlines():
            self.assertLessEqual(len(line), 80, line)


if __name__ == "__main__":
    main()
