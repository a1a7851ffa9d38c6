# SPDX-License-Identifier: MIT
"""The Sieve script that is being made: tests, commands, and how they are written down."""
from dataclasses import dataclass, field

INDENT = "    "


def quote(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def string_list(texts):
    return quote(texts[0]) if len(texts) == 1 else "[" + ", ".join(quote(text) for text in texts) + "]"


def remark(where, text):
    """A comment that names the source."""
    return f"line {where}: {' '.join(text.split())}"


@dataclass
class Test:
    text: str
    needs: tuple = ()
    comment: str = ""
    captures: bool = False  # sets ${1} to what procmail calls MATCH


@dataclass
class Not:
    test: object
    comment: str = ""

    captures = False


@dataclass
class Many:
    kind: str  # allof, anyof
    tests: list
    comment: str = ""

    @property
    def captures(self):
        return any(test.captures for test in self.tests)


def both(kind, tests):
    """One test of several; those of the same kind inside are taken apart."""
    flat = []
    for test in tests:
        inside = isinstance(test, Many) and test.kind == kind and not test.comment
        flat += test.tests if inside else [test]
    return flat[0] if len(flat) == 1 else Many(kind, flat)


def negated(test):
    if isinstance(test, Not):
        return test.test
    return Not(test)


@dataclass
class Command:
    text: str
    needs: tuple = ()
    comment: str = ""


@dataclass
class Comment:
    text: str


@dataclass
class Branch:
    test: object  # None: else, or a block without condition
    comment: str
    block: list = field(default_factory=list)


@dataclass
class If:
    branches: list = field(default_factory=list)


def note(comment):
    return f"  # {comment}" if comment else ""


def test_lines(test, depth, end=""):
    """The lines of a test; `end` follows the last one, before its comment."""
    pad = INDENT * depth
    if isinstance(test, Test):
        return [pad + test.text + end + note(test.comment)]
    if isinstance(test, Not):
        lines = test_lines(test.test, depth, end)
        lines[0] = pad + "not " + lines[0].lstrip()
        if test.comment:
            lines[0] += note(test.comment)
        return lines
    lines = [pad + test.kind + "(" + note(test.comment)]
    for at, inner in enumerate(test.tests):
        lines += test_lines(inner, depth + 1, "," if at + 1 < len(test.tests) else "")
    return lines + [pad + ")" + end]


def branch_lines(branch, word, depth):
    pad = INDENT * depth
    if branch.test is None:
        lines = [pad + word + " {" + note(branch.comment)]
    else:
        if branch.comment:
            lines = [pad + "# " + branch.comment]
        else:
            lines = []
        tests = test_lines(branch.test, depth, " {")
        tests[0] = pad + word + " " + tests[0].lstrip()
        lines += tests
    return lines + block_lines(branch.block, depth + 1) + [pad + "}"]


def as_command(node):
    """`if filter "x" { }' is the command itself."""
    first, *others = node.branches
    if others or first.block or not isinstance(first.test, Test) or not first.test.text.startswith("filter "):
        return None
    return Command(first.test.text + ";", first.test.needs, first.test.comment)


def if_lines(node, depth):
    if command := as_command(node):
        return block_lines([command], depth)
    lines = []
    for at, branch in enumerate(node.branches):
        word = "if" if at == 0 else "else" if branch.test is None else "elsif"
        new = branch_lines(branch, word, depth)
        if at and not new[0].lstrip().startswith("#"):
            lines[-1] += " " + new.pop(0).lstrip()
        lines += new
    return lines


def block_lines(block, depth=0):
    lines = []
    for node in block:
        if isinstance(node, Comment):
            lines.append(INDENT * depth + "# " + node.text)
        elif isinstance(node, Command):
            lines.append(INDENT * depth + node.text + note(node.comment))
        else:
            lines += if_lines(node, depth)
    return lines


def needs_of(node):
    """The capabilities that a part of the script wants."""
    if isinstance(node, list):
        return set().union(*map(needs_of, node))
    if isinstance(node, (Test, Command)):
        return set(node.needs)
    if isinstance(node, Not):
        return needs_of(node.test)
    if isinstance(node, Many):
        return needs_of(node.tests)
    if isinstance(node, If):
        return needs_of(node.branches)
    if isinstance(node, Branch):
        return needs_of(node.block) | (needs_of(node.test) if node.test is not None else set())
    return set()


def script(block, title):
    """The whole text. Extensions that run programs are asked for with ihave: where the administrator has
    allowed none, the rest still works."""
    needs = needs_of(block)
    lines = ["# " + line for line in title]
    if needs:
        lines += ["require " + string_list(sorted(needs)) + ";"]
    return "\n".join(lines + [""] + block_lines(block)) + "\n"
