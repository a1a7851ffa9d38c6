# SPDX-License-Identifier: MIT
"""Folders of the three styles (mbox, Maildir, MH) as names that Sieve files into."""
import posixpath

from expand import Ref
from problem import Untranslatable

INBOX = object()  # the folder is the inbox


def clean(path):
    """Without the mark of its style at the end, and without . and .. inside."""
    if path.endswith("/."):
        path = path[:-2]
    return posixpath.normpath(path)


class Folders:
    def __init__(self, home, user):
        self.home = home
        self.user = user
        self.roots = []  # directories whose files are folders

    def add_root(self, directory):
        if directory.startswith("/") and directory not in self.roots:
            self.roots.append(directory)

    def name(self, pieces, maildir, inboxes):
        """The name of a folder, with ${...} for what only the script knows, or INBOX."""
        if pieces and isinstance(pieces[0], Ref):
            pieces = ["", *pieces]
        path = "".join("${" + piece.name + "}" if isinstance(piece, Ref) else piece for piece in pieces)
        if not path:
            raise Untranslatable("a folder without a name")
        path = clean(posixpath.join(maildir, path))
        if path in map(clean, inboxes) or path in (f"/var/mail/{self.user}", f"/var/spool/mail/{self.user}"):
            return INBOX
        name = self.below_root(path)
        if name.startswith("."):  # Maildir++: levels are divided by dots
            name = name[1:].replace(".", "/")
        if not name or ".." in name.split("/"):
            raise Untranslatable(f"`{path}' is no name of a folder")
        return name

    def below_root(self, path):
        roots = self.roots + [f"{self.home}/{name}" for name in ("Maildir", "Mail", "mail")] + [self.home]
        for root in sorted(set(roots), key=len, reverse=True):
            if path.startswith(root.rstrip("/") + "/"):
                return path[len(root.rstrip("/")) + 1:]
        raise Untranslatable(f"`{path}' lies outside of the user's mail")
