# SPDX-License-Identifier: MIT
"""What a recipe does, as commands."""
import re
from dataclasses import dataclass

import programs
from conditions import call_text, program_call
from expand import Ref, constant, words
from folders import INBOX
from problem import Untranslatable
from sieve import Branch, Command, If, Test, quote, remark

REFUSALS = {67: "There is no such user here.", 69: "The service is not available.", 77: "Your message is refused."}
MOST_REDIRECTS = 4


@dataclass
class Done:
    block: list
    delivers: bool = False  # ends the script, in the way it is written here
    success: list | None = None  # where recipes with `a' go
    failure: list | None = None  # where recipes with `e' go


class Actions:
    def __init__(self, state):
        self.state = state

    def of(self, recipe, notes, clone):
        """Done for the action line of a recipe. `clone`: the message is a copy, nothing ends."""
        self.notes = notes
        self.comment = remark(recipe.action_where, recipe.action)
        self.copy = "c" in recipe.flags or clone
        self.flags = recipe.flags
        self.once = recipe.once
        action = recipe.action
        if not action:
            raise Untranslatable("a recipe without an action")
        if match := re.match(r"([A-Za-z_]\w*)=[ \t]*\|(.*)", action, re.S):
            return self.capture(match.group(1), match.group(2).strip(), clone)
        if action.startswith("|"):
            command = action[1:].strip()
            if "f" in recipe.flags:
                return self.filter(command, clone)
            return self.pipe(command)
        if action.startswith("!"):
            self.check_whole()
            return self.redirect(words(action[1:], self.state.environment))
        return self.file(words(action, self.state.environment))

    def check_whole(self):
        if ("h" in self.flags) != ("b" in self.flags):
            raise Untranslatable("an action with the header or the body alone")

    def finish(self, commands):
        """Ends the script after them unless this is a copy."""
        self.check_exit_code()
        return Done(commands + ([] if self.copy else [Command("stop;")]), not self.copy)

    def exit_code(self):
        value = self.state.environment.get("EXITCODE")
        code = constant(value) if isinstance(value, list) and value else "0"
        if value is not None and not isinstance(value, list) or not code.isdigit():
            raise Untranslatable("EXITCODE has a value that is not known here")
        return int(code)

    def check_exit_code(self):
        if self.exit_code() and not self.copy:
            raise Untranslatable("a message that is delivered, and refused by EXITCODE too")

    def shown(self, pieces):
        """The text for a Sieve string."""
        return "".join("${" + piece.name + "}" if isinstance(piece, Ref) else piece for piece in pieces)

    @staticmethod
    def needs(pieces, *names):
        return names + (("variables",) if any(isinstance(piece, Ref) for piece in pieces) else ())

    def file(self, folders):
        if folders == [["/dev/null"]]:
            return self.drop()
        self.check_whole()
        commands = []
        for pieces in folders:
            name = self.state.folder(pieces)
            if name is INBOX:
                commands.append(Command("keep;", (), self.comment))
            elif self.copy:
                commands.append(Command(f"fileinto :copy :create {quote(name)};",
                                        self.needs(pieces, "fileinto", "copy", "mailbox"), self.comment))
            else:
                commands.append(Command(f"fileinto :create {quote(name)};",
                                        self.needs(pieces, "fileinto", "mailbox"), self.comment))
        return self.finish(commands)

    def drop(self):
        """/dev/null, and all other ways to end without a delivery."""
        if self.copy:
            return Done([])
        code = self.exit_code()
        if code == 0:
            return Done([Command("discard;", (), self.comment), Command("stop;")], True)
        if code not in REFUSALS:
            raise Untranslatable(f"EXITCODE={code}: a script cannot make the mail system try again")
        text = f"ereject {quote(REFUSALS[code])};"
        return Done([Command(text, ("ereject",), self.comment), Command("stop;")], True)

    def redirect(self, targets):
        shown = [self.shown(pieces).rstrip(",") for pieces in targets if pieces not in (["-oi"], ["-i"], [","])]
        if not shown or any(address.startswith("-") for address in shown):
            raise Untranslatable("a forward with options of sendmail")
        for address in shown:
            if "@" not in address and "${" not in address:
                raise Untranslatable(f"`{address}' is no whole address")
        if len(shown) > MOST_REDIRECTS:
            self.notes.append(f"a script may redirect {MOST_REDIRECTS} times; let an alias stand for the list")
        tag = ":copy " if self.copy else ""
        extra = ("copy",) if self.copy else ()
        extra += ("variables",) if any("${" in address for address in shown) else ()
        return self.finish([Command(f"redirect {tag}{quote(address)};", extra, self.comment) for address in shown])

    def pipe(self, command):
        environment = self.state.environment
        if programs.is_duplicate_check(command, environment):
            return self.duplicate()
        if found := programs.answer(command, environment):
            return self.vacation(found, self.once)
        self.check_whole()
        folder = programs.delivered_folder(command, environment)
        if folder is not None:
            inbox = folder in ("", "INBOX")
            text = "keep;" if inbox else f"fileinto {':copy ' * self.copy}:create {quote(folder)};"
            needs = () if inbox else ("fileinto", "mailbox") + ("copy",) * self.copy
            return self.finish([Command(text, needs, self.comment)])
        sendmail = re.match(r"(\S*/sendmail|\$SENDMAIL|\$\{SENDMAIL\}|sendmail)\s+([^|&;<>`]*)$", command)
        if sendmail:
            return self.redirect(words(sendmail.group(2).replace("$SENDMAILFLAGS", ""), environment))
        name, arguments = program_call(command, environment)
        self.need_program(name)
        tag = ":copy " if self.copy else ""
        text = call_text("pipe", name, arguments).replace("pipe ", "pipe " + tag, 1) + ";"
        done = self.finish([Command(text, ("copy",) if self.copy else (), self.comment)])
        return Done([If([Branch(Test('ihave "vnd.dovecot.pipe"', ("ihave",)), "", done.block)])])

    def need_program(self, name):
        self.notes.append(f"the program {name} has to be in the directory that the setting `programs' names")

    def duplicate(self):
        test = Test("duplicate", ("duplicate",), self.comment)
        self.notes.append("`duplicate' remembers for a week, formail up to a size")
        if "c" in self.flags:
            found = If([Branch(test, "")])
            return Done([found], success=found.branches[0].block, failure=NewElse(found))
        return Done([If([Branch(test, "", [Command("discard;", ()), Command("stop;")])])])

    def vacation(self, found, once=False):
        """`once`: a cache of senders stood in front."""
        subject = f" :subject {quote(found.subject)}" if found.subject else ""
        sender = f" :from {quote(found.sender)}" if found.sender else ""
        text = "\n".join(found.lines)
        period = " :days 7" if once else " :seconds 0"
        needs = ("vacation",) if once else ("vacation", "vacation-seconds")
        self.notes.append("vacation answers only mail that names the user in To or Cc; other addresses want :addresses")
        commands = [Command(f"vacation{period}{subject}{sender} {quote(text)};", needs, self.comment)]
        return Done(commands) if once or self.copy else self.finish(commands + [Command("discard;")])

    def filter(self, command, clone):
        if clone:
            raise Untranslatable("a filter for a copy alone")
        pairs = programs.formail_options(command, self.state.environment)
        if pairs:
            if "b" in self.flags and "h" not in self.flags:
                raise Untranslatable("formail that sees the body alone")
            return self.edit(programs.header_edits(pairs))
        self.check_whole()
        name, arguments = program_call(command, self.state.environment)
        self.need_program(name)
        text = call_text("filter", name, arguments)
        inner = If([Branch(Test(text, (), self.comment), "")])
        outer = If([Branch(Test('ihave "vnd.dovecot.filter"', ("ihave",)), "", [inner])])
        return Done([outer], success=inner.branches[0].block, failure=NewElse(inner))

    def edit(self, edits):
        block = []
        for operation, name, value in edits:
            add = Command(f"addheader :last {quote(name)} {quote(value)};", ("editheader",), self.comment)
            if operation in ("replace", "remove"):
                block.append(Command(f"deleteheader {quote(name)};", ("editheader",), self.comment))
            if operation == "add-if-missing":
                block.append(If([Branch(Test(f"not exists {quote(name)}"), "", [add])]))
            elif operation != "remove":
                block.append(add)
        return Done(block)

    def capture(self, variable, command, clone):
        name = programs.extracted_field(command)
        if name is None or clone:
            raise Untranslatable("the output of a program in a variable")
        return Done(field_value(variable, name, self.comment))


class NewElse:
    """A block that comes to be when somebody needs it: the else of a test."""

    def __init__(self, node):
        self.node = node

    def block(self):
        if len(self.node.branches) == 1:
            self.node.branches.append(Branch(None, ""))
        return self.node.branches[1].block


def field_value(variable, name, comment):
    """The variable holds the field's value, or nothing."""
    return [Command(f'set {quote(variable)} "";', ("variables",), comment),
            If([Branch(Test(f'header :matches {quote(name)} "*"'), "",
                       [Command(f'set {quote(variable)} "${{1}}";', ("variables",))])])]


def date_value(variable, template, comment):
    """The variable holds the date of today, put together from the parts in the template."""
    block = [Command(f'set {quote(variable)} "";', ("variables",), comment)]
    for part in re.findall(r"%.|[^%]+", template):
        if not part.startswith("%"):
            block.append(Command(f'set {quote(variable)} "${{{variable}}}{part}";', ("variables",)))
            continue
        test = Test(f'currentdate :matches "{programs.DATE_PARTS[part]}" "*"', ("date",))
        block.append(If([Branch(test, "", [
            Command(f'set {quote(variable)} "${{{variable}}}${{1}}";', ("variables",))])]))
    return block
