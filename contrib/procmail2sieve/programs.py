# SPDX-License-Identifier: MIT
"""Programs that recipes pipe mail to, where Sieve does the same by itself."""
import os
import re
import shlex
from dataclasses import dataclass, field

from expand import constant, expand, words
from problem import Untranslatable

FORMAIL = re.compile(r"(?:\S*/)?formail[ \t]+(.*)", re.S)
DELIVER = re.compile(r"(?:\S*/)?(?:dovecot-lda|deliver)")
VACATION = re.compile(r"\(?\s*(?:\S*/)?formail\s.*"
                      r"\|\s*(?:\$SENDMAIL|\$\{SENDMAIL\}|\S*/sendmail|sendmail)\b[^|]*$", re.S)
HEADER_FIELD = re.compile(r"([!-9;-~]+):[ \t]*(.*)", re.S)
WITH_ARGUMENT = "aAiIxXuURD"
DATE_PARTS = {"%Y": "year", "%m": "month", "%d": "day", "%H": "hour", "%M": "minute", "%F": "date"}


def options(waiting):
    """[(letter, argument...)] of formail's command line."""
    pairs = []
    waiting = list(waiting)
    while waiting:
        word = waiting.pop(0)
        if not word.startswith("-") or len(word) < 2:
            raise Untranslatable(f"formail with `{word}'")
        letters = word[1:]
        while letters:
            letter, letters = letters[0], letters[1:]
            if letter not in WITH_ARGUMENT:
                pairs.append((letter, ""))
                continue
            argument = letters or (waiting.pop(0) if waiting else "")
            second = [waiting.pop(0)] if letter in "RD" and waiting else []
            pairs.append((letter, argument, *second))
            letters = ""
    return pairs


def formail_options(command, environment):
    """The options if the command is formail alone, else None."""
    match = FORMAIL.fullmatch(command.strip())
    if not match or re.search(r"[|;&<>]", re.sub(r"\"[^\"]*\"|'[^']*'", "", command)):
        return None
    return options(constant(word) for word in words(match.group(1), environment))


def is_duplicate_check(command, environment):
    """`formail -D octets file': does it succeed for a message seen before?"""
    pairs = formail_options(command, environment)
    return bool(pairs) and [pair[0] for pair in pairs] == ["D"]


def is_sender_cache(command, environment):
    """`formail -rD octets file', in front of an answer: has this sender had one?"""
    pairs = formail_options(command, environment)
    return bool(pairs) and {pair[0] for pair in pairs} == {"r", "D"}


def header_edits(pairs):
    """[(operation, field, value)] for what formail does to the header: add, replace, remove, add-if-missing."""
    edits = []
    for letter, argument, *_ in pairs:
        if letter in "fbz" and not argument:
            continue
        match = HEADER_FIELD.fullmatch(argument)
        if letter == "I" and argument == "From ":
            raise Untranslatable("the From_ line is not in the script's reach")
        if not match or letter not in "aAI":
            raise Untranslatable(f"formail -{letter}")
        operation = {"A": "add", "a": "add-if-missing"}.get(letter, "replace" if match.group(2).strip() else "remove")
        if operation != "remove" and not match.group(2).strip():
            raise Untranslatable("formail that adds an empty field")
        edits.append((operation, match.group(1), match.group(2).strip()))
    return edits


def extracted_field(command):
    """The field whose value `formail -x Field:' puts out, or None."""
    match = re.fullmatch(r"(?:\S*/)?formail\s+-(?:[cz]*)x\s*[\"']?([!-9;-~]+):?[\"']?(?:\s+-z)?\s*", command.strip())
    return match.group(1) if match else None


def date_parts(command):
    """The text with %Y and so on that `date +...' puts out, or None."""
    match = re.fullmatch(r"(?:\S*/)?date\s+[\"']?\+([^\"' ]+)[\"']?", command.strip())
    if not match or not set(re.findall("%.", match.group(1))) <= set(DATE_PARTS):
        return None
    return match.group(1)


def delivered_folder(command, environment):
    """The folder that dovecot-lda(1) is told to file into: "" is the inbox; None: it is another program."""
    try:
        found = shlex.split(constant(expand(command, environment)))
    except ValueError:
        return None
    if not found or not DELIVER.fullmatch(found[0]):
        return None
    rest = [word for word in found[1:] if word not in ("-e", "-k", "-s")]
    if len(rest) % 2 or not all(flag in ("-m", "-d", "-f", "-a") for flag in rest[::2]):
        raise Untranslatable("options of dovecot-lda")
    return dict(zip(rest[::2], rest[1::2])).get("-m", "")


@dataclass
class Answer:
    """What the text of a vacation recipe says."""
    lines: list = field(default_factory=list)
    subject: str = ""
    sender: str = ""


def answer(command, environment):
    """The Answer that `(formail -r ...; echo ...) | $SENDMAIL -t' sends, or None if it is no such command."""
    if not VACATION.fullmatch(command.strip()) or not re.search(r"formail\s+-[A-Za-z]*r", command):
        return None
    inner = command.strip().rpartition("|")[0].strip()
    inner = inner[1:-1] if inner.startswith("(") and inner.endswith(")") else inner
    found = Answer()
    for part in re.split(r"[;\n]|&&", re.sub(r"\\\n", " ", inner)):
        add_part(part.strip(), environment, found)
    if not any(line.strip() for line in found.lines):
        raise Untranslatable("an answer without a text")
    return found


def add_part(part, environment, found):
    """One command of the list."""
    if pairs := formail_options(part, environment):
        for letter, argument, *_ in pairs:
            name, _, value = argument.partition(":")
            if name.lower() == "subject" and letter in "iI":
                found.subject = value.strip()
            elif name.lower() == "from" and letter in "iI":
                found.sender = value.strip()
    elif part == "echo" or part.startswith("echo "):
        if re.search(r"[|<>`]|\$\(|^echo\s+-", part):
            raise Untranslatable("a command for the shell")
        found.lines.append(" ".join(constant(word) for word in words(part[4:], environment)))
    elif part.startswith("cat "):
        name = constant(expand(part[4:].strip(), environment))
        try:
            with open(os.path.expanduser(name), encoding="utf-8") as file:
                found.lines += file.read().splitlines()
        except (OSError, UnicodeDecodeError):
            raise Untranslatable(f"the text of the answer, {name}, cannot be read here") from None
    elif part:
        raise Untranslatable(f"`{part}' in an answer")
