#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""lastmile-sieve format."""
import os

from tool import ToolTest, main

UNTIDY = """
    # Rules of Alice.
    Require ["fileinto" ,"imap4flags"];


    IF allof(header :Contains "subject" ["invoice","bill"] , size :under 100k)
    { fileinto "Bills"; # paid at once
    stop
    ;}
    # the rest
    else{keep;}
    """
TIDY = """
    # Rules of Alice.
    require ["fileinto", "imap4flags"];

    if allof (header :contains "subject" ["invoice", "bill"], size :under 100K) {
        fileinto "Bills"; # paid at once
        stop;
    }
    # the rest
    else {
        keep;
    }
    """


class Format(ToolTest):
    def read(self, name):
        with open(os.path.join(self.directory.name, name), encoding="utf-8") as file:
            return file.read()

    def test_the_canonical_form(self):
        self.file("a.sieve", UNTIDY)
        self.expect(["format", "a.sieve"], 0, TIDY)
        self.file("b.sieve", TIDY)
        self.expect(["format", "-"], 0, TIDY, stdin=self.read("b.sieve").encode())

    def test_check_names_what_is_not_canonical(self):
        self.file("a.sieve", UNTIDY)
        self.file("b.sieve", TIDY)
        self.expect(["format", "--check", "a.sieve", "b.sieve"], 1, "a.sieve\n")
        self.expect(["format", "--check", "b.sieve"])

    def test_in_place(self):
        self.file("real.sieve", UNTIDY)
        self.file("b.sieve", TIDY)
        os.chmod(os.path.join(self.directory.name, "real.sieve"), 0o640)
        os.symlink("real.sieve", os.path.join(self.directory.name, "a.sieve"))
        self.expect(["format", "-i", "a.sieve", "b.sieve"])
        self.assertEqual(self.read("a.sieve"), self.read("b.sieve"))
        self.assertTrue(os.path.islink(os.path.join(self.directory.name, "a.sieve")))
        self.assertEqual(os.stat(os.path.join(self.directory.name, "real.sieve")).st_mode & 0o777, 0o640)
        self.assertEqual(sorted(os.listdir(self.directory.name)), ["a.sieve", "b.sieve", "real.sieve"])

    def test_what_cannot_be_read_stays(self):
        self.file("a.sieve", "if true { keep }")
        self.expect(["format", "--in-place", "a.sieve"], 1, "", """
            a.sieve:1:16: error: `;' was expected after `keep', not `}'
              if true { keep }
                             ^
            """)
        self.assertEqual(self.read("a.sieve"), "if true { keep }")

    def test_mistakes(self):
        usage = "usage: lastmile-sieve format [--check] [--in-place] FILE...\n"
        self.expect(["format", "-i", "-"], 64, "", "lastmile-sieve: format: --in-place wants files\n" + usage)
        self.expect(["format", "none"], 1, "", "none: error: cannot be read: No such file or directory\n")

    def test_help(self):
        self.expect(["format", "--help"], 0, """
usage: lastmile-sieve format [--check] [--in-place] FILE...

print scripts in their canonical form

Options:
      --check                   name files that are not in this form: exit 1
  -i, --in-place                write into the files what else is printed
""")


if __name__ == "__main__":
    main()
