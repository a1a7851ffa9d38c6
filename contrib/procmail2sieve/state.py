# SPDX-License-Identifier: MIT
"""What the conversion of a file knows while it walks along: variables, folders, and what there is to report."""
import posixpath
import re

from expand import Ref, Unknown
from folders import Folders
from problem import Untranslatable
from rcfile import Assignment, Recipe, walk
from sieve import Comment, remark

# Variables that steer procmail itself. What they are set to never becomes part of the script.
OWN = set("""MAILDIR DEFAULT ORGMAIL HOST EXITCODE INCLUDERC SWITCHRC TRAP DELIVERED SHIFT LOGFILE LOG LOGABSTRACT
VERBOSE LOCKFILE LOCKEXT LOCKTIMEOUT LOCKSLEEP TIMEOUT UMASK SHELL PATH SHELLMETAS SHELLFLAGS LINEBUF COMSAT DROPPRIVS
NORESRETRY SUSPEND MSGPREFIX SENDMAIL SENDMAILFLAGS IFS HOME LOGNAME""".split())


def live_variables(statements):
    """Names whose values only the running script knows: assigned in a block, or the output of a program."""
    names = {"MATCH"}
    for statement, nested in walk(statements):
        if isinstance(statement, Assignment) and (nested or "`" in (statement.value or "")):
            names.add(statement.name)
        if isinstance(statement, Recipe) and (match := re.match(r"([A-Za-z_]\w*)=[ \t]*\|", statement.action)):
            names.add(match.group(1))
    return names - OWN


def source_text(statements):
    parts = []
    for statement, _ in walk(statements):
        if isinstance(statement, Assignment):
            parts.append(statement.value or "")
        elif isinstance(statement, Recipe):
            parts += [statement.action] + [condition.text for condition in statement.conditions]
    return "\n".join(parts)


class State:
    def __init__(self, variables, read_file):
        self.home = variables["HOME"]
        self.read_file = read_file
        user = variables["LOGNAME"]
        self.folders = Folders(self.home, user)
        defaults = {"MAILDIR": self.home, "ORGMAIL": f"/var/mail/{user}", "DEFAULT": f"/var/mail/{user}",
                    "SENDMAIL": "/usr/sbin/sendmail", "SENDMAILFLAGS": "-oi", "SHELL": "/bin/sh", "LOCKEXT": ".lock",
                    "MSGPREFIX": "msg."}
        self.environment = {name: [value] for name, value in (defaults | variables).items()}
        self.environment["HOST"] = Unknown("the name of the host is not known here")
        self.live = set()
        self.given = {}  # the constants that a live variable may hold
        self.used = ""  # source text in which variables may be used
        self.default_is_set = False
        self.messages = []  # (where, kind, text)

    def learn(self, statements):
        """Looks at a file before it is converted. Returns the names that have become live."""
        self.used += "\n" + source_text(statements)
        names = live_variables(statements) - self.live
        self.live |= names
        return names

    def is_used(self, name):
        return re.search(rf"\$[{{\\]?{name}\b|\b{name}[ \t]*\?\?", self.used) is not None

    @property
    def maildir(self):
        value = self.environment["MAILDIR"]
        if isinstance(value, Unknown):
            raise Untranslatable("what MAILDIR is depends on an earlier recipe")
        return "".join(value)

    def folder(self, pieces):
        for piece in pieces:
            if isinstance(piece, Ref):
                self.check_part(piece.name)
        inboxes = [value[0] for name in ("DEFAULT", "ORGMAIL")
                   if isinstance(value := self.environment.get(name), list) and value]
        return self.folders.name(pieces, self.maildir, [posixpath.join(self.maildir, box) for box in inboxes])

    def check_part(self, name):
        """A part of a folder's name that is known later must not need to be looked into now."""
        for value in self.given.get(name, []):
            if not value or value[0] in "/." or value.endswith(("/", "/.")) or value.startswith(self.home):
                raise Untranslatable(f"${name} holds more than the name of a folder")

    def note(self, out, where, text):
        self.messages.append((where, "note", text))
        out.append(Comment(f"NOTE line {where}: {text}"))

    def untranslated(self, out, where, reason, lines):
        self.messages.append((where, "untranslated", reason))
        out.append(Comment(f"UNTRANSLATED line {where}: {reason}"))
        for line_where, text in lines:
            if text:
                out.append(Comment(f"    {remark(line_where, text)}"))
