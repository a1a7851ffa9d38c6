# SPDX-License-Identifier: MIT
"""Procmail's own egrep: the syntax tree of an expression, and what is left of it after some known text."""
from dataclasses import dataclass

from macros import MACROS
from problem import Untranslatable


@dataclass(frozen=True)
class Char:
    char: str


@dataclass(frozen=True)
class Set:
    ranges: tuple  # of (first, last); without line ends
    negated: bool = False

    def has(self, char, ignore_case):
        forms = {char.lower(), char.upper(), char} if ignore_case else {char}
        inside = any(first <= form <= last for first, last in self.ranges for form in forms)
        return inside != self.negated


@dataclass(frozen=True)
class Any:
    """Any character but a line end."""


@dataclass(frozen=True)
class Newline:
    """`^' and `$': a line end, which is a character here; there is one before the text too."""


@dataclass(frozen=True)
class Word:
    r"""`\<' and `\>': a character that belongs to no word, or a line end."""


@dataclass(frozen=True)
class Edge:
    """`^^': the beginning or the end of the text."""


@dataclass(frozen=True)
class Split:
    r"""`\/': what follows goes into MATCH."""


@dataclass(frozen=True)
class Start:
    """The beginning of a value. Only made by what follows here, never written."""


@dataclass(frozen=True)
class Cat:
    nodes: tuple = ()


@dataclass(frozen=True)
class Alt:
    nodes: tuple = ()


@dataclass(frozen=True)
class Rep:
    node: object
    operator: str  # * + ?


EMPTY = Cat()
NEVER = Alt()
ANYTHING = Rep(Any(), "*")
WORD = Set((("a", "z"), ("A", "Z"), ("0", "9"), ("_", "_")), True)


def cat(*parts):
    nodes = []
    for part in parts:
        if part == NEVER:
            return NEVER
        nodes += part.nodes if isinstance(part, Cat) else [part]
    return nodes[0] if len(nodes) == 1 else Cat(tuple(nodes))


def nodes_of(node):
    return node.nodes if isinstance(node, Cat) else (node,)


def alt(*parts):
    nodes = []
    for part in parts:
        for node in part.nodes if isinstance(part, Alt) else [part]:
            if node not in nodes:
                nodes.append(node)
    if len(nodes) == 2:
        longer, shorter = map(nodes_of, nodes)
        if len(longer) > len(shorter) and longer[len(longer) - len(shorter):] == shorter:
            return cat(Rep(cat(*longer[:len(longer) - len(shorter)]), "?"), *shorter)
    return nodes[0] if len(nodes) == 1 else Alt(tuple(nodes))


class Parser:
    def __init__(self, text):
        self.text = text
        self.at = 0

    def peek(self, size=1):
        return self.text[self.at:self.at + size]

    def take(self, size=1):
        taken = self.peek(size)
        self.at += size
        return taken

    def whole(self):
        node = self.alternatives()
        if self.at < len(self.text):
            raise Untranslatable("the regular expression has a parenthesis too many")
        return node

    def alternatives(self):
        branches = [self.sequence()]
        while self.peek() == "|":
            self.take()
            branches.append(self.sequence())
        return branches[0] if len(branches) == 1 else Alt(tuple(branches))

    def sequence(self):
        parts = []
        while self.at < len(self.text) and self.peek() not in "|)":
            atom = self.atom()
            while self.peek() and self.peek() in "*+?":
                if isinstance(atom, Rep) and atom.operator != "?":
                    raise Untranslatable("two repetitions in a row")
                atom = Rep(atom, self.take())
            parts.append(atom)
        return cat(*parts)

    def atom(self):
        if self.peek(2) == "^^":
            self.take(2)
            return Edge()
        char = self.take()
        if char == "(":
            node = self.alternatives()
            if self.take() != ")":
                raise Untranslatable("the regular expression lacks a parenthesis")
            return node
        if char == "[":
            return self.bracket()
        if char == "\\":
            return self.escaped()
        if char in "*+?":
            raise Untranslatable(f"nothing that `{char}' could repeat")
        return Any() if char == "." else Newline() if char in "^$" else Char(char)

    def escaped(self):
        if not self.peek():
            raise Untranslatable("a backslash at the end of the regular expression")
        char = self.take()
        return Word() if char in "<>" else Split() if char == "/" else Char(char)

    def bracket(self):
        negated = self.peek() == "^"
        self.at += negated
        ranges = []
        while self.peek() != "]" or not ranges:
            first = self.take()
            if not first:
                raise Untranslatable("the regular expression lacks a `]'")
            last = first
            if self.peek() == "-" and self.peek(2)[1:] not in ("", "]"):
                self.take()
                last = self.take()
            ranges.append((first, last))
        self.take()
        return Set(tuple(ranges), negated)


def parse(text):
    for name, expansion in MACROS:
        text = text.replace(name, expansion)
    return Parser(text).whole()


def matches_nothing(node):
    """Does it match the empty text?"""
    if isinstance(node, (Split, Start)):
        return True
    if isinstance(node, Cat):
        return all(map(matches_nothing, node.nodes))
    if isinstance(node, Alt):
        return any(map(matches_nothing, node.nodes))
    return isinstance(node, Rep) and (node.operator != "+" or matches_nothing(node.node))


def after(node, char, ignore_case=True):
    """What has to follow when the text begins with this character."""
    if isinstance(node, Char):
        same = node.char == char or (ignore_case and node.char.lower() == char.lower())
        return EMPTY if same else NEVER
    if isinstance(node, Set):
        return EMPTY if node.has(char, ignore_case) else NEVER
    if isinstance(node, Word):
        return EMPTY if WORD.has(char, False) else NEVER
    if isinstance(node, Any):
        return EMPTY
    if isinstance(node, Alt):
        return alt(*(after(inner, char, ignore_case) for inner in node.nodes))
    if isinstance(node, Rep):
        rest = EMPTY if node.operator == "?" else Rep(node.node, "*")
        return cat(after(node.node, char, ignore_case), rest)
    if isinstance(node, Cat) and node.nodes:
        return after_sequence(node, char, ignore_case)
    return NEVER


def after_sequence(node, char, ignore_case):
    first, rest = node.nodes[0], cat(*node.nodes[1:])
    if isinstance(first, Split):
        return cat(first, after(rest, char, ignore_case))
    consumed = cat(after(first, char, ignore_case), rest)
    if not matches_nothing(first):
        return consumed
    return alt(consumed, after(rest, char, ignore_case))


def after_text(node, text, ignore_case=True):
    for char in text:
        node = after(node, char, ignore_case)
    return node


def contains(node, kind):
    if isinstance(node, (Cat, Alt)):
        return any(contains(inner, kind) for inner in node.nodes)
    return contains(node.node, kind) if isinstance(node, Rep) else isinstance(node, kind)
