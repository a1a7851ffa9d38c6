# SPDX-License-Identifier: MIT
"""Variables: what $NAME stands for where a line is reached, and quotes as the shell has them.

A value is a list of pieces: text, and Ref for what only the running script knows."""
import re
from dataclasses import dataclass

from problem import Untranslatable

REFERENCE = re.compile(r"\$(?:\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-+])((?:[^{}]|\$\{[^{}]*\})*))?\}"
                       r"|(\\?)([A-Za-z_][A-Za-z0-9_]*)|(.?))", re.S)


@dataclass(frozen=True)
class Ref:
    """A variable of the Sieve script."""
    name: str


@dataclass(frozen=True)
class Unknown:
    """In the place of a value: why there is none."""
    reason: str


def joined(pieces):
    """Adjacent texts made one; no empty ones."""
    result = []
    for piece in pieces:
        if piece == "":
            continue
        if isinstance(piece, str) and result and isinstance(result[-1], str):
            result[-1] += piece
        else:
            result.append(piece)
    return result


def constant(pieces):
    for piece in pieces:
        if isinstance(piece, Ref):
            raise Untranslatable(f"the value of ${piece.name} is known only when the message is there")
    return "".join(pieces)


def look_up(name, environment):
    value = environment.get(name)
    if isinstance(value, Unknown):
        raise Untranslatable(f"${name}: {value.reason}")
    return value


def quoted_egrep(text):
    return "()" + re.sub(r"([][()|^$.*+?\\])", r"\\\1", text)


def reference(match, environment):
    """The pieces that one reference stands for."""
    name, operator, alternative, escape, plain, other = match.groups()
    if other is not None:
        raise Untranslatable(f"`${other}' has no equivalent")
    value = look_up(name or plain, environment)
    if operator:
        if value and any(isinstance(piece, Ref) for piece in value):
            raise Untranslatable(f"${{{name}{operator}...}}: whether {name} is set is known only at delivery")
        is_set = bool(value) if operator[0] == ":" else value is not None
        if operator[-1] == "+":
            return expand(alternative, environment) if is_set else []
        return value if is_set else expand(alternative, environment)
    if escape:
        return [quoted_egrep(constant(value or []))]
    return value or []


def expand(text, environment):
    """As inside double quotes of sh(1)."""
    pieces = []
    at = 0
    while at < len(text):
        char = text[at]
        if char == "`":
            raise Untranslatable("the output of a program in backquotes")
        if char == "\\" and at + 1 < len(text) and text[at + 1] in "$`\"\\":
            pieces.append(text[at + 1])
            at += 2
        elif char == "$" and at + 1 < len(text) and (match := REFERENCE.match(text, at)):
            other = match.group(6)
            if other is not None and not re.match(r"[0-9$?#@_=-]", other):
                pieces.append("$")  # no reference: a dollar for the regular expression
                at += 1
                continue
            pieces += reference(match, environment)
            at = match.end()
        else:
            pieces.append(char)
            at += 1
    return joined(pieces)


def words(text, environment):
    """The words of a line, each a list of pieces, with the quotes taken off."""
    found = []
    at = 0
    while at < len(text):
        if text[at] in " \t\n":
            at += 1
            continue
        pieces, at = word(text, at, environment)
        found.append(pieces)
    return found


def word(text, at, environment):
    """One word from there: its pieces, and where it ends."""
    pieces = []
    plain = ""
    while at < len(text) and text[at] not in " \t\n":
        char = text[at]
        if char in "\"'":
            end = closing(text, at)
            inner = text[at + 1:end]
            pieces += expand(plain, environment)
            pieces += [inner] if char == "'" else expand(inner, environment)
            plain = ""
            at = end + 1
        elif char == "\\" and at + 1 < len(text):
            pieces += expand(plain, environment) + [text[at + 1]]
            plain = ""
            at += 2
        else:
            plain += char
            at += 1
    return joined(pieces + expand(plain, environment)), at


def closing(text, start):
    """Where the quote that opens at `start` closes."""
    at = start + 1
    while at < len(text) and text[at] != text[start]:
        at += 2 if text[at] == "\\" and text[start] == '"' else 1
    return at


def assigned(text, environment):
    """The value of an assignment."""
    found = words(text, environment)
    return found[0] if found else []
