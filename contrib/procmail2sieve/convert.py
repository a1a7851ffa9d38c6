# SPDX-License-Identifier: MIT
"""From the statements of a procmailrc to a Sieve script."""
import posixpath
import re
from dataclasses import dataclass, field, replace

import programs
import sieve
from actions import Actions, Done, NewElse
from assignments import Assignments
from conditions import Context, tests_of
from expand import Ref, Unknown, assigned, constant
from problem import Untranslatable
from rcfile import Assignment, Recipe, parse
from sieve import Branch, Command, Comment, If, remark
from state import State

KNOWN_FLAGS = set("HBDAaEehbfcwWir")
DEEPEST_INCLUDE = 16


@dataclass
class Previous:
    """The recipe before, for the flags that speak of it."""
    translated: bool = True
    chained: bool = False  # it has A or a itself
    node: If | None = None  # its test; None: it had no conditions
    block: list | None = None  # where its commands stand
    done: Done = field(default_factory=lambda: Done([]))


@dataclass
class Level:
    """A block as it is being made."""
    out: list
    clone: bool = False
    nested: bool = False
    ended: bool = False  # every message has been delivered before here
    previous: Previous | None = None  # the recipe before
    leader: Previous | None = None  # the last one without A and a


class Converter:
    def __init__(self, variables, read_file):
        self.state = State(variables, read_file)
        self.actions = Actions(self.state)
        self.assignments = Assignments(self.state)
        self.depth = 0

    def script(self, text, title):
        statements = parse(text)
        self.learn([], statements)
        level = Level([])
        self.statements(level, statements)
        return sieve.script(level.out, title)

    def learn(self, out, statements):
        """Variables that turn out to change at run time begin with what they hold now."""
        for name in sorted(self.state.learn(statements)):
            value = self.state.environment.get(name)
            if isinstance(value, list) and value and constant(value):
                out += self.assignments.live(name, value, "")
            self.state.environment[name] = [Ref(name)]

    def statements(self, level, statements):
        for statement in with_answers(statements, self.state):
            try:
                if isinstance(statement, Recipe):
                    self.recipe(level, statement)
                elif isinstance(statement, Assignment):
                    self.assignment(level, statement)
                else:
                    raise Untranslatable("no assignment and no recipe")
            except Untranslatable as problem:
                if level.clone:
                    raise
                self.give_up(level, statement, str(problem))

    def give_up(self, level, statement, reason):
        if isinstance(statement, Recipe):
            self.state.untranslated(level.out, statement.where, reason, statement.lines)
            level.previous = Previous(translated=False)
            if not set("Aa") & set(statement.flags):
                level.leader = level.previous
            return
        self.state.untranslated(level.out, statement.where, reason, [(statement.where, statement.text)])
        if isinstance(statement, Assignment):
            self.state.environment[statement.name] = Unknown("its assignment has no equivalent")

    # Assignments

    def assignment(self, level, statement):
        if statement.name == "INCLUDERC":
            self.include(level, statement)
        elif statement.name == "SWITCHRC":
            self.switch(level, statement)
        elif statement.name == "HOST":
            self.host(level, statement)
        else:
            self.assignments.assign(level.out, statement, level.nested)

    def include(self, level, statement):
        level.out.append(Comment(remark(statement.where, statement.text)))
        name = constant(assigned(statement.value or "", self.state.environment))
        if name in ("", "/dev/null"):
            return
        if self.depth == DEEPEST_INCLUDE:
            raise Untranslatable("files that include each other")
        path = posixpath.join(self.state.maildir, name)
        try:
            statements = parse(self.state.read_file(path), posixpath.basename(path))
        except OSError as error:
            raise Untranslatable(f"`{path}' cannot be read here: {error.strerror}") from None
        self.learn(level.out, statements)
        self.depth += 1
        self.statements(level, statements)
        self.depth -= 1

    def switch(self, level, statement):
        if self.depth or level.clone:
            raise Untranslatable("SWITCHRC in an included file or in a block with a copy")
        self.include(level, statement)
        level.out.append(Command("stop;", (), remark(statement.where, statement.text)))
        level.ended = True

    def host(self, level, statement):
        """A name that is not the host's ends everything, and nothing is delivered."""
        value = constant(assigned(statement.value or "", self.state.environment))
        if re.match(r"[A-Za-z0-9]", value) or self.depth or level.clone:
            raise Untranslatable("whether this is the name of the host is not known here")
        self.actions.copy = False
        self.actions.comment = remark(statement.where, statement.text)
        level.out += self.actions.drop().block
        level.ended = True

    # Recipes

    def recipe(self, level, recipe):
        flags = set(recipe.flags)
        if unknown := flags - KNOWN_FLAGS:
            raise Untranslatable(f"flag `{''.join(sorted(unknown))}'")
        where = self.place(level, recipe)
        if where is None:
            return
        notes = []
        context = Context(recipe.flags, self.state.environment, notes)
        test = tests_of(recipe.conditions, context)
        before = dict(self.state.environment)
        done = self.block(level, recipe) if recipe.block is not None else self.actions.of(recipe, notes, level.clone)
        if test is not None and test.captures:
            done.block.insert(0, Command('set "MATCH" "${1}";', ("variables",)))
        self.settle_variables(before, done.delivers)
        for text in dict.fromkeys(notes):
            self.state.note(done.block if where[0] == "else" else where[1], recipe.where, text)
        self.put(level, recipe, where, test, done)

    def settle_variables(self, before, delivered):
        """After a block: what it changed is as before if no message leaves it, else not known."""
        environment = self.state.environment
        for name in set(before) | set(environment):
            if environment.get(name) != before.get(name):
                environment[name] = before.get(name) if delivered else Unknown("it depends on an earlier recipe")

    def place(self, level, recipe):
        """Where a recipe goes: ("in", block), ("else", Previous); None: nowhere, it is never reached."""
        flags = set(recipe.flags)
        if flags & set("eEAa") and level.clone:
            raise Untranslatable("recipes that depend on others, for a copy")
        if "E" in flags:
            return self.place_else(level, recipe, flags)
        if "e" in flags:
            previous = self.earlier(level.previous)
            if isinstance(previous.done.failure, NewElse):
                return ("in", previous.done.failure.block())
            return self.unreachable(level, recipe, "no action of a script fails and goes on")
        if flags & set("Aa"):
            leader = self.earlier(level.leader)
            if leader.done.delivers:
                return self.unreachable(level, recipe, "the recipe before has delivered the message")
            if "a" in flags and level.previous is not level.leader:
                raise Untranslatable("flag `a' after another recipe with A")
            return ("in", leader.done.success if "a" in flags and leader.done.success is not None else leader.block)
        return ("in", level.out)

    @staticmethod
    def earlier(previous):
        if previous is None:
            raise Untranslatable("there is no recipe before this one")
        if not previous.translated:
            raise Untranslatable("it depends on a recipe that has no equivalent")
        return previous

    def place_else(self, level, recipe, flags):
        previous = self.earlier(level.previous)
        if previous.chained or flags & set("Aae"):
            raise Untranslatable("flag `E' together with `A'")
        if previous.node is None:
            return self.unreachable(level, recipe, "the recipe before runs always")
        behind = level.out[index_of(level.out, previous.node) + 1:]
        if not all(isinstance(node, Comment) for node in behind):
            raise Untranslatable("flag `E' after something else than a recipe")
        return ("else", previous)

    def unreachable(self, level, recipe, reason):
        level.out.append(Comment(f"line {recipe.where}: never needed, {reason}:"))
        level.out += [Comment(f"    {remark(where, text)}") for where, text in recipe.lines if text]
        return None

    def put(self, level, recipe, where, test, done):
        comment = remark(recipe.where, recipe.head)
        kind, target = where
        chained = bool(set("Aae") & set(recipe.flags))
        if kind == "else":
            branch = Branch(test, comment, done.block)
            target.node.branches.append(branch)
            current = Previous(True, False, target.node if test is not None else None, branch.block, done)
        elif test is None:
            target.append(Comment(comment))
            target += done.block
            current = Previous(True, chained, None, target, done)
        else:
            node = If([Branch(test, comment, done.block)])
            target.append(node)
            current = Previous(True, chained, node, done.block, done)
            if level.clone and "c" not in recipe.flags:
                node.branches.append(Branch(None, ""))
                level.out = node.branches[-1].block
        if level.clone and test is None and "c" not in recipe.flags and recipe.block is None:
            level.ended = True
        if done.delivers and test is None:
            level.ended = True
        level.previous = current
        if not chained:
            level.leader = current

    def block(self, level, recipe):
        """A nested block. With `c' a clone runs it: it has to end there, or it would go on after the block."""
        clone = "c" in recipe.flags
        if clone and level.clone:
            raise Untranslatable("a copy of a copy")
        inner = Level([], clone or level.clone, True)
        out = inner.out
        self.statements(inner, recipe.block)
        if clone and not inner.ended:
            raise Untranslatable("a copy that goes on after its block")
        return Done(out, inner.ended and not clone and not level.clone)


def index_of(nodes, wanted):
    return next((at for at, node in enumerate(nodes) if node is wanted), -1)


def with_answers(statements, state):
    """`formail -rD' and the answer behind it are one recipe: answer each sender once."""
    statements = list(statements)
    while statements:
        first = statements.pop(0)
        if is_cache(first, state) and statements and isinstance(statements[0], Recipe) and "e" in statements[0].flags:
            second = statements.pop(0)
            head = "; ".join([first.head, remark(first.action_where, first.action), remark(second.where, second.head)])
            first = replace(second, where=first.where, head=head, lines=first.lines + second.lines, once=True,
                            flags="".join(letter for letter in first.flags if letter not in "Wwh"),
                            conditions=first.conditions + second.conditions)
        yield first


def is_cache(statement, state):
    if not isinstance(statement, Recipe) or not statement.action.startswith("|") or "c" not in statement.flags:
        return False
    try:
        return programs.is_sender_cache(statement.action[1:].strip(), state.environment)
    except Untranslatable:
        return False
