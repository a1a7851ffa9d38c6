# SPDX-License-Identifier: MIT
"""An expression over the whole header, taken apart into tests of fields.

Procmail searches the header as one text, "Name: value" on each line. Sieve tests the values of named fields. They mean
the same where every way through the expression begins with `^' and a field's name; what follows the name is then
searched in the value, which Sieve trims: one blank is taken to stand after the colon."""
import re

from egrep import (EMPTY, NEVER, Alt, Any, Cat, Char, Newline, Rep, Set, Split, after_text, cat, contains,
                   matches_nothing, nodes_of, parse)
from macros import begins_with
from pattern import match_of, of_text, of_value
from problem import Untranslatable
from sieve import Test, both, quote, string_list

MOST_BRANCHES = 200
WHOLE_HEADER = "a search in the whole header; Sieve tests fields by their names"
SENDER = "From "  # the line before the header of an mbox names the envelope's sender


def spread(node):
    """The sequences of nodes that the beginning of this one can be, or None."""
    if isinstance(node, Alt):
        return [nodes_of(branch) for branch in node.nodes]
    if isinstance(node, Rep) and node.operator == "?":
        return [nodes_of(node.node), ()]
    if isinstance(node, Set) and not node.negated and all(first == last for first, last in node.ranges):
        return [(Char(first),) for first, _ in node.ranges]
    return None


def ways(node):
    """(beginning of the line, its end known to be a whole name?, what follows) for every way to match."""
    found = []
    waiting = [(None, nodes_of(node))]  # the next one first
    while waiting:
        prefix, nodes = waiting.pop(0)
        if len(found) + len(waiting) > MOST_BRANCHES:
            raise Untranslatable(WHOLE_HEADER)
        first = nodes[0] if nodes else None
        if prefix is None and isinstance(first, Newline):
            waiting.insert(0, ("", nodes[1:]))
        elif prefix and prefix.startswith(">"):
            continue  # no field begins so
        elif prefix is not None and isinstance(first, Char):
            prefix += first.char
            done = first.char == ":" or prefix.lower() == SENDER.lower()
            (found if done else waiting).insert(len(found) if done else 0, (prefix, nodes[1:]))
        elif first is not None and (choices := spread(first)) is not None:
            waiting[:0] = [(prefix, tuple(choice) + nodes[1:]) for choice in choices]
        elif prefix and isinstance(first, Rep) and isinstance(first.node, Any) or prefix and isinstance(first, Any):
            found.append((prefix, nodes))
        else:
            raise Untranslatable(WHOLE_HEADER)
    return [(prefix, cat(*nodes)) for prefix, nodes in found]


def of_prefix(prefix, rest, notes):
    """(field, what follows "Name:" or "From ") for an expression that gives the beginning of a name alone."""
    names = begins_with(prefix)
    if not names:
        raise Untranslatable(WHOLE_HEADER)
    if "From" in names:
        names.insert(0, SENDER)
    shown = ", ".join("the envelope's sender" if name == SENDER else name for name in names)
    notes.append(f"`^{prefix}' is any field whose name begins so; tested: {shown}")
    for name in names:
        tail = name[len(prefix):] + ("" if name == SENDER else ":")
        yield name, after_text(rest, tail)


def fields_of(node, notes):
    """{what follows the name: [fields]}, in the order of the expression."""
    found = {}
    for prefix, rest in ways(node):
        if prefix.endswith(":") or prefix == SENDER:
            pairs = [(prefix.removesuffix(":"), rest)]
        elif prefix.lower() == SENDER.lower():
            pairs = [(SENDER, rest)]
        else:
            pairs = of_prefix(prefix, rest, notes)
        for name, tail in pairs:
            if tail != NEVER:
                key = (name == SENDER, tail)
                names = found.setdefault(key, [])
                if name.lower() not in map(str.lower, names):
                    names.append(name)
    return found


def ends_line(node):
    nodes = nodes_of(node)
    return bool(nodes) and isinstance(nodes[-1], Newline)


def same_when_empty(tail):
    """Does the expression accept a field without a value, and say so: `^Subject:$'?"""
    nodes = nodes_of(tail)
    return ends_line(tail) and all(isinstance(node, Rep) and node.operator != "+" for node in nodes[:-1])


def check_letters(text, notes):
    if re.search(r"=(\\\?|\[\?\])", text):
        raise Untranslatable("an encoded word as it is written; Sieve decodes the header")
    if re.search(r"\[[^\]]*[^\0-\x7f]", text):
        raise Untranslatable("octets beyond ASCII in brackets; Sieve decodes the header")
    if not text.isascii():
        notes.append("letters beyond ASCII are compared with the decoded header, not with what the message holds")


class HeaderSearch:
    def __init__(self, ignore_case, notes):
        self.ignore_case = ignore_case
        self.notes = notes

    def test(self, text):
        """The test that the expression is."""
        check_letters(text, self.notes)
        if not self.ignore_case:
            self.notes.append("names of fields are compared without regard to case, flag D or not")
        tests = []
        for (is_sender, tail), names in fields_of(parse(text), self.notes).items():
            tests += self.sender(tail) if is_sender else self.field(names, tail)
        if not tests:
            raise Untranslatable("no field can match: a blank stands after the colon")
        return both("anyof", merged(tests))

    def field(self, names, tail):
        if matches_nothing(tail) and not contains(tail, Split):
            return [self.match("header", names, of_text(EMPTY))]
        value = after_text(tail, " ", self.ignore_case)
        if value == NEVER:
            return [self.match("header", names, of_text(cat(Newline(), Newline())))] if same_when_empty(tail) else []
        return [self.match("header", names, of_value(value))]

    def sender(self, tail):
        """The line is "From sender  date": after the address stands a blank, and at its end the year."""
        if ends_line(tail) and not isinstance(nodes_of(tail)[-2:][0], Rep):
            return []
        nodes = list(nodes_of(tail))
        if ends_line(tail):
            nodes[-2:] = [without_date(nodes[-2]), Newline()]
        elif nodes and nodes[-1] == Char(" "):
            nodes[-1] = Newline()
        pattern = of_value(cat(*nodes))
        tests = [self.match("envelope", ["from"], pattern)]
        if self.names_daemon(pattern):
            tests.append(Test('envelope :is "from" ""', ("envelope",)))
        return tests

    def names_daemon(self, pattern):
        """Mail without a sender has MAILER-DAEMON in the line."""
        kind, keys = match_of(pattern, self.ignore_case)
        if kind == "always":
            return False
        if kind == ":regex":
            flags = re.I if self.ignore_case else 0
            return re.search(keys[0], "MAILER-DAEMON", flags) is not None
        return any(key.strip("*").lower() in "mailer-daemon" for key in keys)

    def match(self, kind, names, pattern):
        tag, keys = match_of(pattern, self.ignore_case)
        needs = ("envelope",) if kind == "envelope" else ()
        if tag == "always":
            if kind == "envelope":
                return Test("true")
            return Test(f"exists {string_list(names)}") if len(names) == 1 else both(
                "anyof", [Test(f"exists {quote(name)}") for name in names])
        captures = tag == ":regex" and contains(Cat(pattern.nodes), Split)
        needs += ("regex",) if tag == ":regex" else ()
        case = "" if self.ignore_case else ' :comparator "i;octet"'
        return Test(f"{kind} {tag}{case} {string_list(names)} {string_list(keys)}", needs, captures=captures)


def without_date(node):
    """The end of FROM_DAEMON for an address alone: where a blank and the date could follow, nothing need."""
    if isinstance(node, Rep) and node.operator == "?" and isinstance(node.node, Cat) and len(node.node.nodes) > 1:
        first, *rest = node.node.nodes
        if isinstance(first, Rep) and first.operator == "?":
            return cat(first, Rep(cat(*rest), "?"))
    return node


def merged(tests):
    """Two tests of the same kind and key in one; equal ones once."""
    seen = []
    for test in tests:
        if test not in seen:
            seen.append(test)
    return seen
