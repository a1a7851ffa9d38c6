# SPDX-License-Identifier: MIT
"""The syntax of procmailrc(5): from text to statements, each with the lines it came from."""
import re
from dataclasses import dataclass, field

ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)[ \t]*(=?)[ \t]*")


@dataclass
class Assignment:
    where: str  # "12", or "lists.rc:12" in an included file
    name: str
    value: str | None  # as written, quotes and all; None: the variable is unset
    text: str


@dataclass
class Condition:
    where: str
    text: str  # after the asterisk, trimmed; continued lines are one


@dataclass
class Recipe:
    where: str
    head: str
    flags: str = ""
    conditions: list = field(default_factory=list)
    action: str = ""  # one line; empty when it is a block
    action_where: str = ""
    block: list | None = None
    lines: list = field(default_factory=list)  # the source, (where, text)
    once: bool = False  # an answer that each sender gets once


@dataclass
class Junk:
    where: str
    text: str


def strip_comment(text):
    """Without a word that begins with # and what follows it."""
    quote = ""
    for at, char in enumerate(text):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'`":
            quote = char
        elif char == "#" and (at == 0 or text[at - 1] in " \t"):
            return text[:at].rstrip()
    return text.rstrip()


def value_end(text):
    """Where the word at the beginning of the text ends; -1 if a quote is open."""
    quote = ""
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\\" and quote != "'":
            at += 1
        elif quote:
            quote = "" if char == quote else quote
        elif char in "\"'`":
            quote = char
        elif char in " \t\n":
            return at
        at += 1
    return -1 if quote else at


class Parser:
    def __init__(self, text, name=""):
        self.lines = text.splitlines()
        self.prefix = name + ":" if name else ""
        self.number = 0  # of the next line
        self.rest = None  # what is left of the line before it

    def where(self):
        return f"{self.prefix}{self.number if self.rest is not None else self.number + 1}"

    def next_text(self):
        """The next line, or part of one, that is not blank or a comment; None at the end."""
        while True:
            if self.rest is None:
                if self.number >= len(self.lines):
                    return None
                self.rest = self.lines[self.number]
                self.number += 1
            self.rest = self.rest.lstrip()
            if self.rest and not self.rest.startswith("#"):
                return self.rest
            self.rest = None

    def take_line(self, keep_blanks=False):
        """The rest of the line, joined with those that it continues on with a backslash."""
        text, self.rest = self.rest, None
        while text.endswith("\\") and self.number < len(self.lines):
            following = self.lines[self.number]
            self.number += 1
            text = text[:-1] + (following if keep_blanks else following.lstrip())
        return text

    def statements(self, nested=False):
        """Everything up to the end, or to the brace that closes the block."""
        found = []
        while (text := self.next_text()) is not None:
            if text.startswith("}"):
                self.rest = text[1:]
                if nested:
                    return found
                found.append(Junk(self.where(), "}"))
            elif text.startswith(":"):
                found.append(self.recipe())
            else:
                found.append(self.assignment())
        return found

    def assignment(self):
        where = self.where()
        match = ASSIGNMENT.match(self.rest)
        if not match:
            return Junk(where, self.take_line())
        name = match.group(1)
        if not match.group(2):
            self.rest = self.rest[match.end():]
            return Assignment(where, name, None, name)
        text = self.rest[match.end():]
        while (end := value_end(text)) < 0 or (end == len(text) and text.endswith("\\")):
            if self.number >= len(self.lines):
                end = len(text)
                break
            text = (text if end < 0 else text[:-1]) + "\n" * (end < 0) + self.lines[self.number]
            self.number += 1
        self.rest = text[end:]
        return Assignment(where, name, text[:end], f"{name}={text[:end]}")

    def recipe(self):
        first = self.number - 1
        recipe = Recipe(self.where(), self.rest)
        self.rest = None
        match = re.match(r":([0-9]*)[ \t]*([A-Za-z \t]*)", recipe.head)
        recipe.head = strip_comment(recipe.head)
        recipe.flags = re.sub(r"[ \t]", "", match.group(2))
        self.conditions(recipe, int(match.group(1) or "1"))
        text = self.next_text()
        recipe.action_where = self.where()
        if text is None or text.startswith("}"):
            recipe.action = ""
        elif text == "{" or text.startswith(("{ ", "{\t")):
            self.rest = text[1:]
            recipe.block = self.statements(nested=True)
        elif text.startswith("|") or re.match(r"[A-Za-z_][A-Za-z0-9_]*=[ \t]*\|", text):
            recipe.action = self.take_line(keep_blanks=True).rstrip()
        else:
            recipe.action = strip_comment(self.take_line())
        recipe.lines = [(f"{self.prefix}{at + 1}", self.lines[at].strip()) for at in range(first, self.number)]
        return recipe

    def conditions(self, recipe, count):
        """Lines with an asterisk; the old form `:2' counts its conditions, which have none."""
        while (text := self.next_text()) is not None:
            if not text.startswith("*") and count == 0:
                return
            if not text.startswith("*"):
                count -= 1
            where = self.where()
            literal = text.lstrip("* \t").startswith("$")
            line = self.take_line(keep_blanks=literal)
            recipe.conditions.append(Condition(where, line.removeprefix("*").strip(" \t")))


def parse(text, name=""):
    return Parser(text, name).statements()


def walk(statements):
    """(statement, nested?) for every statement, those in blocks too."""
    for statement in statements:
        yield statement, False
        if isinstance(statement, Recipe) and statement.block is not None:
            for inner, _ in walk(statement.block):
                yield inner, True
