# SPDX-License-Identifier: MIT
"""The promise, looked at after a delivery with a fault and, where a client would, after the retry."""
import collections
import os
import re

import place as places
from mailboxes import read

KILLS = {"kill-before", "kill-after", "kill-all-before", "kill-all-after", "crash", "orphan"}
CANNOT_TIDY = {"unlink", "unlinkat", "newfstatat", "lstat", "stat"}  # where these fail, a file may stay
DISPENSABLE = re.compile("a new folder has no id|keywords are not stored")
SCRIPTLESS = re.compile("evaluation died|script cannot be used")
MINUTES = 600  # between an attempt and its retry, as clients wait: what is locked longer counts as left behind
KNOWN_FILES = re.compile(r"""
    \.sieve | mbox | mail/.* | .*/(new|cur)/.* | .*/(maildirfolder|maildirsize|subscriptions|dovecot-keywords|lastmile-id)
    | \.lastmile/\w+/([0-9a-f]{16,}|\.lock|\d{1,2})
    """, re.X)


class Run:
    def __init__(self, scenario, place, action, replies, call=None, seconds=0.0, error=""):
        self.scenario, self.place, self.action, self.replies = scenario, place, action, replies
        self.call, self.seconds, self.error = call, seconds, error
        self.code = places.final_code(replies)
        self.problems = []
        self.log = ""
        self.events = collections.Counter()

    @property
    def killed(self):
        return self.action in KILLS

    @property
    def child_was_killed(self):
        return self.killed and self.call.process > 0

    @property
    def fsync_failed(self):
        """And that is not one of the things which a delivery goes on without."""
        return bool(self.error and self.error != "EINTR" and self.call.name == "fsync"
                    and "/.lastmile" not in self.call.detail and not DISPENSABLE.search(self.place.log_text()))

    def scriptless(self):
        """Nobody knew what the script says: the message is in the INBOX, and nothing else was done."""
        return bool(self.scenario.script and SCRIPTLESS.search(self.place.log_text()))

    def counts(self):
        return self.events + collections.Counter([str(self.code) if self.code else "unanswered"])

    def find(self):
        return [box.find(self.place.home, self.stored()) for box in self.scenario.mailboxes]

    def stored(self):
        return self.scenario.message


def judge(run):
    """What is wrong; nothing, if all is well."""
    problems = [f"refused for good: {reply!r}" for reply in run.replies
                if reply.startswith(b"5") and not (reply.startswith(b"503") and run.code < 500)]
    if run.seconds > 30:
        problems.append(f"took {run.seconds:.0f} s")
    if run.fsync_failed and run.code == 250:
        problems.append(f"answered 250, though this may not be on the disk: {run.call.detail}")
    found = run.find()
    handed_over = len(run.place.handed_over())
    problems += leftovers(run)
    if run.code == 250 and run.scriptless():
        run.events["without script"] += 1
        return problems + exactly_once(found[:1]) + [f"not only INBOX: {box}" for box in found[1:] if box.whole or box.parts]
    if run.code == 250:
        return problems + exactly_once(found) + handed_over_well(run)
    in_window = any(box.whole or box.parts for box in found)
    if in_window:
        run.events[f"window of {run.action}"] += 1
    if in_window and run.code and not run.child_was_killed:
        problems.append(f"answered {run.code}, and yet seen: {found}")
    return problems + [p for box in found for p in box.problems] + judge_retry(run, handed_over)


def judge_retry(run, handed_over):
    recorded = has_record(run.place.home)
    age_locks(run.place.home)
    replies, seconds = places.deliver(run.place, run.scenario.message, run.scenario.options)
    if places.final_code(replies) != 250:
        return [f"the retry fails: {replies} {run.place.log_text()}"]
    problems = [f"the retry took {seconds:.0f} s"] if seconds > 4 else []
    problems += exactly_once(run.find())
    return problems + judge_redirects(run, handed_over, recorded)


def exactly_once(found):
    if all(box.whole == 1 and not box.parts for box in found) and not any(box.problems for box in found):
        return []
    return [f"not exactly once: {found}"]


def handed_over_well(run):
    if not run.scenario.redirects:
        return []
    sent = run.place.handed_over()
    if len(sent) == 1 and sent[0].endswith(run.scenario.message):
        return []
    return [f"redirected {len(sent)} times, or not whole"]


def judge_redirects(run, before, recorded):
    if not run.scenario.redirects:
        return []
    after = len(run.place.handed_over())
    if before == 1 and after == 2 and not recorded and run.killed:
        run.events["redirected twice"] += 1
        return []
    return [] if after == 1 else [f"redirected {before} times, {after} after the retry; recorded: {recorded}"]


def has_record(home):
    directory = os.path.join(home, ".lastmile", "redirect")
    return os.path.isdir(directory) and any("." not in name for name in os.listdir(directory))


def files_of(home):
    for directory, _, names in os.walk(home):
        for name in names:
            yield os.path.relpath(os.path.join(directory, name), home)


def age_locks(home):
    for name in files_of(home):
        if name.endswith(".lock"):
            path = os.path.join(home, name)
            then = os.path.getmtime(path) - MINUTES
            os.utime(path, (then, then))


def leftovers(run):
    """A process that was killed leaves temporary files; one that goes on does not, except where they are swept."""
    left = [name for name in files_of(run.place.home) if not KNOWN_FILES.fullmatch(name)]
    in_tmp = [name for name in left if "/tmp/" in name or name.startswith(".lastmile/")]
    others = [re.sub(r"[0-9a-f]{16,}|\d+", "N", os.path.basename(name)) for name in left if name not in in_tmp]
    run.events["left to be swept"] += bool(in_tmp)
    run.events.update({f"left {name}": 1 for name in others})
    if not others or run.killed or run.code == 0 or (run.call and run.call.name in CANNOT_TIDY):
        return []
    return [f"left behind: {left}"]
