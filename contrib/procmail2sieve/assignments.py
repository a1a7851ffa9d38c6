# SPDX-License-Identifier: MIT
"""Assignments: most are filled in where they are used, some steer the delivery, some become variables of the script."""
import posixpath

import programs
from actions import date_value, field_value
from expand import Ref, Unknown, assigned, constant
from problem import Untranslatable
from sieve import Command, Comment, quote, remark
from state import OWN

NO_EQUIVALENT = {"TRAP": "a program that runs at the end", "DELIVERED": "mail that is lost for the mail system",
                 "SHIFT": "arguments of the command line"}


class Assignments:
    def __init__(self, state):
        self.state = state

    def assign(self, out, statement, nested):
        """The script's part of an assignment that does not end the file. Throws Untranslatable."""
        name, text = statement.name, statement.value or ""
        comment = remark(statement.where, statement.text)
        if name in NO_EQUIVALENT:
            raise Untranslatable(NO_EQUIVALENT[name])
        if name in ("DEFAULT", "ORGMAIL"):
            self.inbox(out, name, assigned(text, self.state.environment), nested, comment)
        elif "`" in text:
            out += self.of_program(name, text, comment)
        elif name == "MAILDIR":
            self.directory(assigned(text, self.state.environment))
            out.append(Comment(comment))
        elif name in self.state.live:
            out += self.live(name, assigned(text, self.state.environment), comment)
        else:
            value = self.known(assigned(text, self.state.environment))
            self.state.environment[name] = value if statement.value is not None else None
            unneeded = name in OWN and name not in ("EXITCODE", "HOME", "LOGNAME", "SENDMAIL")
            out.append(Comment(comment + (" (not needed)" if unneeded else "")))

    @staticmethod
    def known(value):
        """References to variables of the script would change with them: such a value is none to keep."""
        if any(isinstance(piece, Ref) for piece in value):
            return Unknown("it is made from what only the script knows")
        return value

    def inbox(self, out, name, value, nested, comment):
        path = posixpath.join(self.state.maildir, constant(value))
        if nested or (name == "DEFAULT" and self.state.default_is_set) or path == "/dev/null":
            raise Untranslatable("where mail goes that no recipe files is a setting of lastmile, not of a script")
        self.state.default_is_set = self.state.default_is_set or name == "DEFAULT"
        self.state.environment[name] = [path]
        if path.endswith("/"):
            self.state.folders.add_root(path.rstrip("/"))
        out.append(Comment(comment + " (the inbox: setting `mail')"))

    def directory(self, value):
        self.state.environment["MAILDIR"] = [posixpath.normpath(posixpath.join(self.state.maildir, constant(value)))]
        self.state.folders.add_root(self.state.maildir)

    def live(self, name, value, comment):
        self.state.environment[name] = [Ref(name)]
        if not self.state.is_used(name):
            return [Comment(comment + " (not used)")]
        if any(isinstance(piece, Ref) for piece in value):
            shown = "".join("${" + piece.name + "}" if isinstance(piece, Ref) else piece for piece in value)
        else:
            shown = constant(value)
            self.state.given.setdefault(name, []).append(shown)
        return [Command(f"set {quote(name)} {quote(shown)};", ("variables",), comment)]

    def of_program(self, name, text, comment):
        command = text.strip().strip('"').strip("`")
        self.state.environment[name] = Unknown("it is the output of a program")
        if not self.state.is_used(name):
            return [Comment(comment + " (not used)")]
        if name in OWN or "`" in command:
            raise Untranslatable("the output of a program")
        if field := programs.extracted_field(command):
            block = field_value(name, field, comment)
        elif template := programs.date_parts(command):
            block = date_value(name, template, comment)
        else:
            raise Untranslatable("the output of a program")
        self.state.environment[name] = [Ref(name)]
        return block
