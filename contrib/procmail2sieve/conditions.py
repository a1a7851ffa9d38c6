# SPDX-License-Identifier: MIT
"""Conditions of a recipe, weights too, as tests."""
import re
from dataclasses import dataclass, field
from itertools import combinations

from egrep import Split, contains, parse
from expand import constant, expand, look_up, words
from headers import HeaderSearch
from pattern import match_of, of_text
from problem import Untranslatable
from sieve import Many, Not, Test, both, negated, quote, remark, string_list

WEIGHT = re.compile(r"([-+]?[0-9]*\.?[0-9]+)[ \t]*\^[ \t]*([-+]?[0-9]*\.?[0-9]+)")
VARIABLE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)[ \t]*\?\?[ \t]*")
SHELL = set("&|<>~;?*[`\n")  # what makes procmail start a shell
INFINITE = 2147483647
MOST_WEIGHTS = 8
ALWAYS = Test("true")
NEVER = Test("false")


@dataclass
class Context:
    """What the conditions of one recipe share."""
    flags: str
    environment: dict
    notes: list = field(default_factory=list)

    @property
    def ignore_case(self):
        return "D" not in self.flags

    @property
    def area(self):
        return "".join(letter for letter in "HB" if letter in self.flags) or "H"


@dataclass
class Weighted:
    weight: float
    exponent: float
    test: object
    counts: bool  # every place where the expression matches adds to the score
    comment: str = ""


def program_call(text, environment):
    """(program, arguments) of a command that needs no shell."""
    if SHELL & set(text) or "$(" in text:
        raise Untranslatable("a command for the shell")
    found = [constant(word) for word in words(text, environment)]
    if not found:
        raise Untranslatable("no command")
    return found[0].rsplit("/", 1)[-1], found[1:]


def call_text(command, name, arguments):
    return f"{command} {quote(name)}" + (f" {string_list(arguments)}" if arguments else "")


def program_test(text, context):
    name, arguments = program_call(text, context.environment)
    context.notes.append(f"the program {name} has to be in the directory that the setting `programs' names")
    return both("allof", [Test('ihave "vnd.dovecot.execute"', ("ihave",)),
                          Test(call_text("execute :pipe", name, arguments))])


def body_test(text, context):
    node = parse(text)
    if not text.isascii():
        context.notes.append("letters beyond ASCII are searched in the body as UTF-8")
    tag, keys = match_of(of_text(node, in_body=True), context.ignore_case)
    if contains(node, Split) and tag == ":regex":
        raise Untranslatable("`\\/' in the body: Sieve tells nothing of what matched there")
    case = "" if context.ignore_case else ' :comparator "i;octet"'
    return Test(f"body :raw {tag}{case} {string_list(keys)}", ("body", "regex") if tag == ":regex" else ("body",))


def variable_test(name, text, context):
    value = look_up(name, context.environment) or []
    shown = "".join(piece if isinstance(piece, str) else "${" + piece.name + "}" for piece in value)
    node = parse(text)
    tag, keys = match_of(of_text(node), context.ignore_case)
    if tag == "always":
        return ALWAYS
    case = "" if context.ignore_case else ' :comparator "i;octet"'
    needs = ("variables", "regex") if tag == ":regex" else ("variables",)
    return Test(f"string {tag}{case} {quote(shown)} {string_list(keys)}", needs, captures=contains(node, Split))


def size_test(operator, text, context):
    digits = constant(expand(text, context.environment)).strip()
    if not digits.isdigit():
        raise Untranslatable(f"`{digits}' is no size")
    number = f"{int(digits) // 1024}K" if int(digits) and int(digits) % 1024 == 0 else str(int(digits))
    return Test(f"size {':over' if operator == '>' else ':under'} {number}")


def searched(text, area, context):
    """A regular expression in the header, the body, both, or the value of a variable."""
    if text in ("", "()"):
        return ALWAYS
    if re.search(r"(?<!\\)\$[A-Za-z_{]", text):
        raise Untranslatable("`$' before a name is a line end here; only `* $' fills in a variable")
    if area not in ("H", "B", "HB"):
        return variable_test(area, text, context)
    tests = [HeaderSearch(context.ignore_case, context.notes).test(text)] if "H" in area else []
    if "B" in area:
        tests.append(body_test(text, context))
    return both("anyof", tests)


def condition_test(text, context, area=None):
    """(test, does it count matches?) of what follows the asterisk."""
    if text.startswith("!"):
        test, _ = condition_test(text[1:].lstrip(), context, area)
        return negated(test), False
    if text.startswith("$"):
        rest = constant(expand(text[1:].lstrip(), context.environment)).strip()
        return condition_test(rest, context, area)
    if area is None and text[:1] in ("<", ">"):
        return size_test(text[0], text[1:], context), False
    if area is None and text.startswith("?"):
        return program_test(text[1:].strip(), context), False
    if match := VARIABLE.match(text):
        name = "HB" if match.group(1) == "BH" else match.group(1)
        rest = text[match.end():]
        if name in ("H", "B", "HB") and rest[:1] in ("<", ">", "?"):
            raise Untranslatable("a size or a program for a part of the message")
        return condition_test(rest, context, name)
    return searched(text[1:] if re.match(r"\\[!$<>?]", text) and area is None else text, area or context.area,
                    context), True


def one(condition, context):
    """A test, or a Weighted."""
    text = condition.text
    if text.startswith("$"):  # a weight may come out of a variable
        text = constant(expand(text[1:].lstrip(), context.environment)).strip()
    comment = remark(condition.where, "* " + condition.text)
    weight = WEIGHT.match(text)
    if weight and text[weight.end():].lstrip(" \t!").startswith("?"):
        raise Untranslatable("a weight that depends on a program")
    test, counts = condition_test(text[weight.end():].lstrip() if weight else text, context)
    if not weight:
        return commented(test, comment)
    if isinstance(test, Test) and test.text.startswith("size"):
        raise Untranslatable("a weight that depends on the size")
    return Weighted(float(weight.group(1)), float(weight.group(2)), test, counts, comment)


def commented(test, comment):
    """The same with a comment; several tests get one of their own around them."""
    if isinstance(test, Test):
        return Test(test.text, test.needs, comment, test.captures)
    if isinstance(test, Not):
        return Not(test.test, comment)
    return Many(test.kind, test.tests, comment)


def ways_to_win(weighted):
    """The smallest sets of conditions that make the score positive."""
    need = -sum(item.weight for item in weighted if item.weight < 0)
    literals = [(abs(item.weight), item.test if item.weight > 0 else negated(item.test)) for item in weighted]
    found = []
    for size in range(len(literals) + 1):
        for chosen in combinations(range(len(literals)), size):
            if any(set(smaller) <= set(chosen) for smaller in found):
                continue
            if sum(literals[at][0] for at in chosen) > need:
                found.append(chosen)
    return [[literals[at][1] for at in chosen] for chosen in found]


def score(weighted):
    """The test that is true where the sum of the weights is positive."""
    constants = [item for item in weighted if item.test == ALWAYS]
    others = [item for item in weighted if item.test not in (ALWAYS, NEVER) and item.weight]
    if any(item.weight < 0 for item in weighted) and any(item.counts and item.exponent for item in weighted):
        raise Untranslatable("a score that counts how often an expression matches")
    if len(others) > MOST_WEIGHTS or any(abs(item.weight) >= INFINITE and item.weight < 0 for item in weighted):
        raise Untranslatable("a score of too many parts")
    offset = sum(item.weight for item in constants)
    ways = ways_to_win(others + ([Weighted(offset, 0, None, False)] if offset else []))
    return win(ways, weighted)


def win(ways, weighted):
    """`ways` as one test; the offset that always counts has no test of its own."""
    sets = []
    for way in ways:
        if any(isinstance(test, Not) and test.test is None for test in way):
            continue  # would need the constant part not to count
        sets.append([test for test in way if test is not None])
    comment = "; ".join(item.comment for item in weighted)
    if not sets:
        return commented(NEVER, comment)
    if any(not way for way in sets):
        return commented(ALWAYS, comment)
    return commented(both("anyof", [both("allof", way) for way in sets]), comment)


def tests_of(conditions, context):
    """One test for all the conditions, or None if there are none."""
    found = [one(condition, context) for condition in conditions]
    weighted = [item for item in found if isinstance(item, Weighted)]
    tests = [item for item in found if not isinstance(item, Weighted)]
    if weighted:
        tests.append(score(weighted))
    captures = [test for test in tests if test.captures]
    tests = [test for test in tests if not test.captures] + captures  # the last one sets MATCH
    if not tests:
        return None
    return tests[0] if len(tests) == 1 else Many("allof", tests)
