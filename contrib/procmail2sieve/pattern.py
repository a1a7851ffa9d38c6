# SPDX-License-Identifier: MIT
"""From the tree of an expression to a match type with keys: the simplest one that means the same."""
from dataclasses import dataclass, replace

from egrep import (ANYTHING, Alt, Any, Cat, Char, Edge, Newline, Rep, Set, Split, Start, Word, cat, contains,
                   matches_nothing, nodes_of)
from problem import Untranslatable

MAGIC = set(".[]{}()*+?^$|\\")
MOST_KEYS = 12


@dataclass(frozen=True)
class Pattern:
    """A search in a value that is one line (or, in_body, in a text of many with CRLF)."""
    nodes: tuple
    start: bool = False  # at its beginning
    end: bool = False  # at its end
    in_body: bool = False
    from_line: bool = False  # the value is a line: a line end stands before it


def is_blank_run(node):
    return isinstance(node, Rep) and node.operator in "*?" and (
        node.node == Char(" ") or isinstance(node.node, Set) and not node.node.negated
        and all(first == last and first in " \t" for first, last in node.node.ranges))


def of_value(node, trimmed=True):
    """A search that begins where the value does. Values are trimmed: they begin with no blank."""
    nodes = list(nodes_of(node))
    start = True
    while nodes and start:
        first = nodes[0]
        if first == ANYTHING:
            nodes.pop(0)
            start = False
        elif trimmed and is_blank_run(first):
            nodes.pop(0)
        elif isinstance(first, Rep) and first.operator == "?" and nodes_of(first.node)[0] == ANYTHING:
            nodes[0] = Alt((Start(), cat(*nodes_of(first.node)[1:])))
            start = False
        else:
            break
    return finished(nodes, start)


def of_text(node, in_body=False):
    """A search anywhere in a text."""
    nodes = list(nodes_of(node))
    start = False
    if nodes and isinstance(nodes[0], Edge) or nodes and not in_body and isinstance(nodes[0], Newline):
        nodes.pop(0)
        start = True
    return replace(finished(nodes, start, in_body), from_line=True)


def finished(nodes, start, in_body=False):
    """Without what makes no difference at both ends."""
    end = False
    if nodes and (isinstance(nodes[-1], Edge) or not in_body and isinstance(nodes[-1], Newline)):
        nodes.pop()
        end = True
    split = any(contains(node, Split) for node in nodes)
    while nodes and not end and not split and matches_nothing(nodes[-1]) and not contains(nodes[-1], Start):
        nodes.pop()
    while nodes and not start and matches_nothing(nodes[0]) and not contains(nodes[0], (Split, Start)):
        nodes.pop(0)
    return Pattern(tuple(nodes), start, end, in_body)


def texts(nodes, limit=MOST_KEYS):
    """All texts that the nodes can mean, or None if they are too many or not to be counted."""
    found = [""]
    for node in nodes:
        choices = texts_of(node, limit)
        if choices is None or len(choices) * len(found) > limit:
            return None
        found = [text + choice for text in found for choice in choices]
    return found


def texts_of(node, limit):
    if isinstance(node, Char):
        return [node.char]
    if isinstance(node, Cat):
        return texts(node.nodes, limit)
    if isinstance(node, Rep) and node.operator == "?":
        inner = texts_of(node.node, limit)
        return None if inner is None else inner + [""]
    if isinstance(node, Set) and not node.negated and all(first == last for first, last in node.ranges):
        return sorted({first for first, _ in node.ranges})
    if isinstance(node, Alt):
        inner = [texts_of(branch, limit) for branch in node.nodes]
        return None if None in inner else sum(inner, [])
    return None


def glob_escaped(text):
    return "".join("\\" + char if char in "*?\\" else char for char in text)


def as_glob(pattern):
    """The key of :matches for texts with .* between them, or None."""
    parts = [[]]
    for node in pattern.nodes:
        if node == ANYTHING:
            parts.append([])
        else:
            parts[-1].append(node)
    found = [texts(part, 1) for part in parts]
    if None in found:
        return None
    glob = "*".join(glob_escaped(part[0]) for part in found)
    return ("" if pattern.start else "*") + glob + ("" if pattern.end else "*")


def without_case(keys, ignore_case):
    seen = {}
    for key in keys:
        seen.setdefault(key.lower() if ignore_case else key, key)
    return list(seen.values())


def match_of(pattern, ignore_case=True):
    """(match type, keys): "always", or a tag."""
    if pattern.in_body:
        return body_match(pattern, ignore_case)
    if not pattern.nodes and not (pattern.start and pattern.end):
        return "always", []
    keys = None if contains(Cat(pattern.nodes), Split) else texts(pattern.nodes)
    if keys is not None:
        keys = without_case(keys, ignore_case)
        if pattern.start and pattern.end:
            return ":is", keys
        if not pattern.start and not pattern.end:
            return ":contains", keys
        if len(keys) <= 4:
            return ":matches", ["*" * (not pattern.start) + glob_escaped(key) + "*" * (not pattern.end) for key in keys]
    glob = None if keys is not None or contains(Cat(pattern.nodes), Split) else as_glob(pattern)
    return (":matches", [glob]) if glob is not None else (":regex", [Writer(pattern).whole()])


def body_match(pattern, ignore_case):
    if not pattern.nodes:
        raise Untranslatable("an expression that any body matches")
    keys = None if pattern.start or pattern.end else texts(pattern.nodes)
    return (":contains", without_case(keys, ignore_case)) if keys else (":regex", [Writer(pattern).whole()])


class Writer:
    """Writes the regular expression for the `regex' extension."""

    def __init__(self, pattern):
        self.pattern = pattern
        self.split = contains(Cat(pattern.nodes), Split)
        self.before_split = self.split
        self.lines = False  # does it need ^ and $ at line ends?
        self.repeats = 0  # repetitions that are being written

    def whole(self):
        pattern = self.pattern
        begin, final = ("\\A", "\\z") if pattern.in_body else ("^", "$")
        text = (begin if pattern.start else "") + self.sequence(pattern.nodes, not pattern.start, not pattern.end)
        if self.split:
            text += ")"
        return ("(?m)" if self.lines else "") + text + (final if pattern.end else "")

    def sequence(self, nodes, first, last):
        """`first`, `last`: nothing that matches a character stands before, or after."""
        text = ""
        for at, node in enumerate(nodes):
            text += self.one(node, first and at == 0, last and at == len(nodes) - 1)
        return text

    def one(self, node, first, last):
        if isinstance(node, Char):
            return "\\" + node.char if node.char in MAGIC else node.char
        if isinstance(node, Any):
            return "[^\\r\\n]" if self.pattern.in_body else "."
        if isinstance(node, Set):
            return self.bracket(node)
        if isinstance(node, Start):
            return "^"
        if isinstance(node, Newline):
            return self.newline(first, last)
        if isinstance(node, Word):
            return self.word(first, last)
        if isinstance(node, Split):
            self.before_split = False
            return "("
        if isinstance(node, Cat):
            return self.sequence(node.nodes, first, last)
        if isinstance(node, Alt):
            return self.group("|".join(self.one(branch, first, last) for branch in node.nodes))
        if isinstance(node, Rep):
            return self.repeated(node)
        raise Untranslatable("`^^' in the middle of an expression")

    def group(self, text):
        return ("(?:" if self.split else "(") + text + ")"

    def repeated(self, node):
        if contains(node, Split):
            raise Untranslatable("a repetition of `\\/'")
        self.repeats += 1
        inner = self.one(node.node, False, False)
        self.repeats -= 1
        if isinstance(node.node, Cat) or isinstance(node.node, Rep):
            inner = self.group(inner)
        return inner + node.operator + ("?" if self.before_split else "")

    def newline(self, first, last):
        if not self.pattern.in_body:
            if first:
                return "^"
            if last:
                return "$"
            raise Untranslatable("an expression over several header fields")
        self.lines = self.lines or first or last
        return "^" if first else "\\r?$" if last else "\\r?\\n"

    def word(self, first, last):
        """What is repeated may also stand first, or last, and there alone does an anchor match."""
        first, last = first or self.repeats, last or self.repeats
        if not self.pattern.in_body:
            alternative = "^|" if first and self.pattern.from_line else "$|" if last else ""
            return self.group(alternative + "[^a-zA-Z0-9_]") if alternative else "[^a-zA-Z0-9_]"
        return self.group(("\\A|" if first else "") + "\\r\\n|[^a-zA-Z0-9_]")

    def bracket(self, node):
        text = ""
        for low, high in sorted(node.ranges, key=lambda pair: pair != ("-", "-")):
            ends = [self.member(low)] if low == high else [self.member(low), self.member(high)]
            text += "-".join(ends)
        if node.negated and self.pattern.in_body:
            text += "\\r\\n"
        if text == "\\^" and not node.negated:
            return text
        return ("[^" if node.negated else "[") + text + "]"

    @staticmethod
    def member(char):
        return "\\" + char if char in "[]\\^" else char

