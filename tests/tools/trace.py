#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""lastmile-sieve run --trace: how the decision came about."""
import os

from tool import ToolTest, main, text

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
             => false: this branch is not taken
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
             => false: this branch is not taken
        8  } else {
           this branch is taken
        9      set :upper "list" "${2}";
           list = "ALL.LISTS"
       10      addflag "\\Seen";
           flags in force: \Seen
       11      fileinto "Lists/${list}";
           action: fileinto "Lists/ALL.LISTS", flags \Seen
       12      stop;

      line 11: fileinto "Lists/ALL.LISTS", flags \Seen
      reply: 250 2.0.0 Ok
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
              reply: 250 2.0.0 Ok
            """)

    def test_tests_without_values_take_one_line(self):
        self.file("s.sieve", "if not false {\nkeep;\n}")
        self.file("m.eml", MESSAGE)
        self.expect(["run", "--trace", "s.sieve", "m.eml"], 0, """
            m.eml
                1  if not false {
                   not
                     false => false
                     => true: this branch is taken
                2  keep;
                   action: keep in the INBOX

              line 2: keep in the INBOX
              reply: 250 2.0.0 Ok
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
                   true => true: this branch is taken
                   action: keep in the INBOX
            --- s.sieve
                3  keep;
                   action: keep in the INBOX

              more line 1: keep in the INBOX
              reply: 250 2.0.0 Ok
            """)

    def test_what_matched_is_told_where_it_is_not_plain(self):
        self.file("s.sieve", 'if header :contains ["from", "to"] ["x@", "bob"] { discard; }')
        self.file("m.eml", MESSAGE)
        self.expect(["run", "--trace", "s.sieve", "m.eml"], 0, """
            m.eml
                1  if header :contains ["from", "to"] ["x@", "bob"] { discard; }
                   header
                     value  From: "Alice <alice@example.org>"
                     value  To: "bob@example.com"
                     key    "x@"
                     key    "bob"
                     match  "bob@example.com"
                       by   "bob"
                     => true: this branch is taken
                   action: discard

              line 1: discard
              reply: 250 2.0.0 Ok
            """)

    def test_values_are_told_by_the_field_they_come_from(self):
        self.file("s.sieve", 'require "envelope";\nif anyof (address :domain ["to", "from"] "x", '
                             'envelope ["from","to"] "x",\nheader "to" "x") {\n} else {\n}\n')
        self.file("m.eml", MESSAGE)
        self.expect(["run", "--trace", "s.sieve", "m.eml"], 0, """
            m.eml
                2  if anyof (address :domain ["to", "from"] "x", envelope ["from","to"] "x",
                   anyof
                     address
                       value  To: "example.com"
                       value  From: "example.org"
                       key    "x"
                       => false
                     envelope
                       value  from: "alice@example.org"
                       value  to: "bob@example.com"
                       key    "x"
                       => false
                3  header "to" "x") {
                     header
                       value  "bob@example.com"
                       key    "x"
                       => false
                     => false: this branch is not taken
                4  } else {
                   this branch is taken

              implicit keep in the INBOX
              reply: 250 2.0.0 Ok
            """)
        done = self.run_tool("run", "--trace", "--json", "s.sieve", "m.eml")
        self.assertIn(b'"step":"value","script":"s.sieve","line":2,"column":11,"depth":2,"name":"To",'
                      b'"text":"example.com"}', done.stdout)
        self.assertIn(b'{"step":"branch","script":"s.sieve","line":4,"column":3,"depth":0,"name":"else",'
                      b'"result":true}', done.stdout)

    def test_json(self):
        self.file("s.sieve", 'if header "to" "x" {}')
        self.file("m.eml", MESSAGE)
        self.expect(["run", "--trace", "--json", "s.sieve", "m.eml"], 0, """
            [
            {"message":"m.eml",
             "envelope":{"from":"alice@example.org","to":"bob@example.com","orig-to":"","user":"bob"},
             "trace":[
              {"step":"command","script":"s.sieve","line":1,"column":1,"depth":0,"name":"if"},
              {"step":"test","script":"s.sieve","line":1,"column":4,"depth":0,"name":"header"},
              {"step":"value","script":"s.sieve","line":1,"column":4,"depth":1,"text":"bob@example.com"},
              {"step":"key","script":"s.sieve","line":1,"column":4,"depth":1,"text":"x"},
              {"step":"result","script":"s.sieve","line":1,"column":4,"depth":0,"name":"header","result":false},
              {"step":"branch","script":"s.sieve","line":1,"column":4,"depth":0,"result":false}
             ],
             "log":[],
             "actions":[
              {"action":"implicit keep in the INBOX"}
             ],
             "reply":{"code":250,"enhanced":"2.0.0","text":"Ok"}}
            ]
            """)

    PAGE = """
        <h1>What happens to m.eml</h1>
        <ul class="outcome">
        <li><b>discard</b> by line 2</li>
        <li>The client gets <code>250 2.0.0 Ok
        </code></li>
        </ul>
        <div class="sides">
        <section>
        <h2>Script</h2>
        <h3>s.sieve</h3>
        <table class="code">
        <tr class="ran"><td><a href="#m1s0l1">1</a></td><td>if header &quot;x-evil&quot; &quot;&lt;/td&gt;&amp;&quot; {<span class="yes">true</span></td></tr>
        <tr class="decides"><td><a href="#m1s0l2">2</a></td><td>  discard;<span class="mark">decided</span></td></tr>
        <tr class="idle"><td>3</td><td>}</td></tr>
        </table>
        </section>
        <section>
        <h2>Message</h2>
        <table class="message">
        <tr class="envelope"><th>MAIL FROM</th><td>&lt;&gt;</td></tr>
        <tr class="envelope"><th>RCPT TO</th><td>&lt;&gt;</td></tr>
        <tr class="seen"><th>X-Evil</th><td>&lt;/td&gt;&amp;</td></tr>
        </table>
        <details><summary>Body, 27 octets</summary><pre><script>\\x1balert(1)</script>
        </pre></details>
        <h2>Step by step</h2>
        <h4 id="m1s0l1">line 1 <code>if header &quot;x-evil&quot; &quot;&lt;/td&gt;&amp;&quot; {</code></h4>
        <ul>
        <li class="test" style="margin-left:0em">header</li>
        <li class="value" style="margin-left:1em">value <q class="v">&lt;/td&gt;&amp;</q></li>
        <li class="key" style="margin-left:1em">key <q class="v">&lt;/td&gt;&amp;</q></li>
        <li class="hit" style="margin-left:1em">match: <q class="v">&lt;/td&gt;&amp;</q> by <q class="v">&lt;/td&gt;&amp;</q></li>
        <li class="result" style="margin-left:0em">header is <span class="yes">true</span></li>
        <li class="branch" style="margin-left:0em">branch taken</li>
        </ul>
        <h4 id="m1s0l2">line 2 <code>discard;</code></h4>
        <ul>
        <li class="action" style="margin-left:0em">discard</li>
        </ul>
        </section>
        </div>
        """.replace("<script>", "&lt;script&gt;").replace("</script>", "&lt;/script&gt;")

    def test_page(self):
        self.file("s.sieve", 'if header "x-evil" "</td>&" {\n  discard;\n}\n')
        self.file("m.eml", "X-Evil: </td>&\n\n<script>\x1balert(1)</script>\n")
        self.expect(["run", "--html=page.html", "s.sieve", "m.eml"], 0, """
            m.eml
              line 2: discard
              reply: 250 2.0.0 Ok
            """)
        with open(os.path.join(self.directory.name, "page.html"), encoding="utf-8") as file:
            page = file.read()
        head, body = page.split("<body>\n")
        self.assertIn("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                      "style-src 'unsafe-inline'\">", head)
        self.assertNotRegex(page, r"(?i)<script|https?:|src=|url\(|@import")
        self.assertEqual(body.split("<footer>")[0], text(self.PAGE))

    def test_colours_are_for_terminals_alone(self):
        self.file("s.sieve", "if true { keep; }")
        self.file("m.eml", MESSAGE)
        command = ["run", "--trace", "s.sieve", "m.eml"]
        self.assertIn("\x1b[1m    1  if true { keep; }\x1b[0m\r\n", self.on_terminal(command, {"TERM": "xterm"}))
        self.assertNotIn("\x1b", self.on_terminal(command, {"TERM": "xterm", "NO_COLOR": "1"}))
        self.assertNotIn("\x1b", self.on_terminal(command, {"TERM": "dumb"}))

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
