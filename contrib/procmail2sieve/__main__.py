#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The command line: `python3 contrib/procmail2sieve FILE', or this file itself."""
import argparse
import os
import sys

sys.dont_write_bytecode = True  # it is run from the tree

from convert import Converter  # noqa: E402

DESCRIPTION = """Turns a .procmailrc into a Sieve script, on standard output. Every part of the script names the line
it was made from. What Sieve has no equivalent for is left as a comment, UNTRANSLATED line N; what is not the same in
every case is told by a comment, NOTE line N; both are reported on standard error. Nothing is guessed. Files that
INCLUDERC and SWITCHRC name are read and become part of the script."""
EPILOGUE = """exit status: 0 all is translated; 1 something is left untranslated; 2 wrong usage, or the file cannot be
read. Check the script with `lastmile-sieve check', try it with `lastmile-sieve run'. contrib/moving-over.md has what
differs between the two languages."""


def arguments():
    parser = argparse.ArgumentParser(prog="procmail2sieve", description=DESCRIPTION, epilog=EPILOGUE)
    parser.add_argument("file", metavar="FILE", help="the procmailrc; - is standard input")
    parser.add_argument("--set", metavar="NAME=VALUE", action="append", default=[],
                        help="a variable that procmail finds in its environment; HOME and LOGNAME are those of the "
                             "user who runs this unless set here")
    parser.add_argument("-o", "--output", metavar="FILE", help="where the script goes instead of standard output")
    return parser.parse_args()


def variables(settings):
    user = os.environ.get("LOGNAME") or os.environ.get("USER", "nobody")
    found = {"HOME": os.environ.get("HOME", "/"), "LOGNAME": user}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.isidentifier():
            sys.exit(f"procmail2sieve: --set {setting}: wanted is NAME=VALUE")
        found[name] = value
    return found


def read(path):
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        return file.read()


def write(path, text):
    if path is None:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        return
    with open(path, "w", encoding="utf-8", errors="replace") as file:
        file.write(text)


def main():
    options = arguments()
    try:
        text = sys.stdin.read() if options.file == "-" else read(options.file)
    except OSError as error:
        print(f"procmail2sieve: {options.file}: {error.strerror}", file=sys.stderr)
        return 2
    converter = Converter(variables(options.set), read)
    name = os.path.basename(options.file) if options.file != "-" else "standard input"
    write(options.output, converter.script(text, [f"Made from {name} by procmail2sieve."]))
    for where, kind, reason in converter.state.messages:
        print(f"procmail2sieve: {name}: line {where}: {kind}: {reason}", file=sys.stderr)
    return 1 if any(kind == "untranslated" for _, kind, _ in converter.state.messages) else 0


if __name__ == "__main__":
    sys.exit(main())
