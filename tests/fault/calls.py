#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every system call of a delivery, every failure: usage: calls.py LASTMILE INJECT [--all] [--jobs N] [SCENARIO...]

From the greeting on, each call of each process is made to fail with each error, as not executed and where that can
differ as executed, and each process is killed at each. Then the promise is looked at: a 250 means that the message is
whole in every folder, a 4xx that nothing of it is seen, and the retry leaves exactly one copy, also where a kill fell
between the first commit and the answer (a "window" in what is printed). Calls before the
greeting are the loader's and the configuration's: no client has said anything yet.
"""
import argparse
import collections
import errno
import multiprocessing
import os
import sys
import time

import place as places
from durable import may_get_lost
from judge import Run, judge
from scenarios import SCENARIOS

SKIP = 77
ERRORS = ("EIO", "ENOSPC", "EDQUOT", "EACCES", "EINTR")
# Calls whose error leaves it open what was done. EINTR is left out where the kernel tells the part that was done.
OPEN_END = {"fsync", "fdatasync", "close", "link", "linkat", "rename", "renameat", "unlink", "unlinkat", "mkdir",
            "mkdirat", "ftruncate", "utimensat", "open:create", "openat:create"}
OPEN_END_WRITES = {"write", "writev", "pwrite64"}
TRIES = 50  # a large message comes in pieces, now more and now fewer of them
KILLS = ("kill-before", "kill-after", "kill-all-before", "kill-all-after")
KILLS_OF_CHILDREN = ("crash", "orphan")
NEVER_FAIL = {"exit_group", "exit", "rt_sigreturn", "restart_syscall", "getpid", "getppid", "getuid", "geteuid", "getgid",
              "getegid", "umask"}
QUICK = {"maildir": 2, "folders": 4, "keywords": 4, "mbox": 2, "mbox-new": 8, "mbox-empty": 8,
         "maildir-new": 8, "mixed": 4, "redirect": 4,
         "duplicate": 4}  # each n-th call


Call = collections.namedtuple("Call", "process number name detail")


def lines(path, kind):
    with open(path, encoding="utf-8", errors="replace") as report:
        for line in report:
            what, process, number, name, detail = line.rstrip("\n").split("\t", 4)
            if what == kind:
                yield Call(int(process), int(number), name, detail)


class Bench:
    """Runs deliveries of one scenario in a place of its own."""

    def __init__(self, lastmile, inject):
        self.place = places.Place(lastmile)
        self.inject = inject
        self.report = self.place.path("report")

    def deliver(self, scenario, *options):
        wrapper = [self.inject, "--report", self.report, *scenario.missing, *options, "--"]
        scenario.prepare(self.place)
        return places.deliver(self.place, scenario.message, scenario.options, wrapper)

    def calls(self, scenario):
        """Those of an undisturbed delivery: twice the same, since now and then one does more (it sweeps tmp/)."""
        before = None
        for _ in range(20):
            replies, _ = self.deliver(scenario, "--calls")
            run = Run(scenario, self.place, "none", replies)
            problems = judge(run)
            if problems:
                raise RuntimeError(f"{scenario.name} fails without a fault: {problems} {self.place.log_text()}")
            calls = list(lines(self.report, "call"))
            if not calls:
                raise RuntimeError(f"{scenario.name}: no call was counted")
            if lost := may_get_lost(scenario, self.place.home, calls):
                raise RuntimeError(f"{scenario.name}: {lost}")
            if before and [c[:3] for c in before] == [c[:3] for c in calls]:
                return calls
            before = calls
        raise RuntimeError(f"{scenario.name} is never the same twice")

    def fault(self, scenario, call, action):
        """A Run, judged; None if the fault could not be put."""
        name, _, error = action.partition("=")
        option = name + (f"={getattr(errno, error)}" if error else "")
        for _ in range(TRIES):
            replies, seconds = self.deliver(scenario, "--fault", option, "--process", str(call.process), "--call",
                                            str(call.number), "--name", call.name.partition(":")[0])
            hit = next(lines(self.report, "fault"), None)
            if hit:
                run = Run(scenario, self.place, name, replies, call, seconds, error)
                run.problems = judge(run)
                run.log = self.place.log_text() if run.problems else ""
                return run
        return None


def actions_at(call):
    if call.name not in NEVER_FAIL and call.name != "close":  # Linux closes, whatever it says then
        yield from (f"fail={error}" for error in ERRORS)
    if call.name in OPEN_END:
        yield from (f"lie={error}" for error in ERRORS)
    if call.name in OPEN_END_WRITES and not call.detail.startswith("socket:"):  # a Unix socket took nothing if it says so
        yield from (f"lie={error}" for error in ERRORS if error != "EINTR")
    yield from KILLS
    if call.process > 0:
        yield from KILLS_OF_CHILDREN


def quick_actions_at(call, every):
    """One error and one kill at each n-th call, another of them each time."""
    if call.number % every:
        return
    actions = list(actions_at(call))
    failures = [action for action in actions if "=" in action]
    kills = [action for action in actions if "=" not in action]
    for choice in (failures, kills):
        if choice:
            yield choice[call.number * 7 % len(choice)]


bench = None


def start_worker(lastmile, inject):
    global bench
    bench = Bench(lastmile, inject)
    multiprocessing.util.Finalize(bench, bench.place.close, exitpriority=10)


def record(scenario):
    return bench.calls(SCENARIOS[scenario])


def put(task):
    scenario, call, action = task
    try:
        run = bench.fault(SCENARIOS[scenario], call, action)
    except Exception as error:  # reported with the case; the others go on
        return task, f"{type(error).__name__}: {error}", None
    if run is None:
        return task, "the call was never reached", None
    run.place = None
    return task, None, run


class Tally:
    def __init__(self, scenario, calls, faults):
        self.scenario, self.calls, self.faults = scenario, calls, faults
        self.counts = collections.Counter()
        self.failures = []

    def add(self, task, trouble, run):
        if trouble:
            self.failures.append((task, [trouble], ""))
            return
        self.counts.update(run.counts())
        if run.problems:
            self.failures.append((task, run.problems, run.log))

    def line(self, seconds):
        told = ", ".join(f"{key} {self.counts[key]}" for key in sorted(self.counts))
        verdict = "ok" if not self.failures else f"{len(self.failures)} FAILED"
        return f"{self.scenario.name}: {self.calls} calls, {self.faults} faults in {seconds:.0f} s: {told}: {verdict}"

    def show_failures(self, most):
        """Those of one call together."""
        groups = {}
        for (_, call, action), problems, log in self.failures:
            name, _, error = action.partition("=")
            groups.setdefault((name, call), []).append((error, problems, log))
        for (name, call), cases in list(groups.items())[:most]:
            print(f"  {name} {' '.join(case[0] for case in cases)} at {call.process}/{call.number} {call.name} {call.detail}")
            _, problems, log = cases[0]
            print("".join(f"    {line[:300]}\n" for line in problems + log.splitlines()), end="", flush=True)


def run_scenario(pool, number, full):
    scenario = SCENARIOS[number]
    start = time.monotonic()
    calls = pool.apply(record, (number,))
    choose = actions_at if full else lambda call: quick_actions_at(call, QUICK.get(scenario.name, 1))
    tasks = [(number, call, action) for call in calls for action in choose(call)]
    tally = Tally(scenario, len(calls), len(tasks))
    for result in pool.imap_unordered(put, tasks, chunksize=4):
        tally.add(*result)
    print(tally.line(time.monotonic() - start), flush=True)
    tally.show_failures(1000 if full else 20)
    return tally


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("lastmile", type=os.path.abspath)
    parser.add_argument("inject", type=os.path.abspath)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("scenarios", nargs="*")
    return parser.parse_intermixed_args()


def main():
    given = arguments()
    if os.uname().machine != "x86_64":
        print("skipped: faults are injected on x86-64 only")
        sys.exit(SKIP)
    wanted = given.scenarios or [s.name for s in SCENARIOS if given.all or s.name in QUICK]
    with multiprocessing.Pool(given.jobs, start_worker, (given.lastmile, given.inject)) as pool:
        tallies = [run_scenario(pool, n, given.all) for n, s in enumerate(SCENARIOS) if s.name in wanted]
        pool.close()
        pool.join()
    failed = sum(bool(tally.failures) for tally in tallies)
    print(f"{sum(t.calls for t in tallies)} calls, {sum(t.faults for t in tallies)} faults put")
    print(f"{len(tallies) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
