#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Two hosts deliver into the same mailboxes on a replicated GlusterFS, one of whose bricks dies and comes back.

All of it lives in namespaces of its own: a network with one address, a glusterd with its own directories, two bricks,
and for each host a host name, process numbers that begin at 1 (so that both hosts have the same ones), and a mount of
the volume at the place of the homes.
"""
import argparse
import collections
import glob
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import unittest

import disk
import load
from load import support

ADDRESS = "192.0.2.1"
VOLUME = "mail"
# contrib/cluster/README.md: what an mbox that several hosts write to needs.
NO_CACHES = ("stat-prefetch", "quick-read", "read-ahead", "io-cache", "write-behind", "open-behind")
MOUNT = ["glusterfs", "--attribute-timeout=0", "--entry-timeout=0", f"--volfile-server={ADDRESS}",
         f"--volfile-id={VOLUME}"]
GLUSTER_DIRECTORIES = {"/var/lib/glusterd": "lib", "/run/gluster": "run", "/var/log/glusterfs": "log"}
SCRIPTS = {
    "anne": """require ["fileinto", "mailbox", "copy", "imap4flags"];
        if header :matches "Subject" "load *[0-9]" { keep; }
        if header :matches "Subject" ["*2", "*6"] { fileinto :copy :create "Box"; }
        if header :matches "Subject" "*3" { setflag ["\\\\Flagged", "$Label1"]; }
        if header :matches "Subject" "*4" { setflag "$Label2"; }
        keep;""",
    "ben": 'require ["duplicate"]; if duplicate { discard; }',
    "mia": 'require ["fileinto", "mailbox"]; fileinto :create "Box";',
    "una": 'require ["duplicate"]; if duplicate { discard; }',
    "vera": 'require ["vacation"]; vacation :days 1 :addresses "vera@example.org" "I am away.";',
}
# What lastmile takes for sendmail(1): a file for each mail that is sent, named after its recipient.
SENDMAIL = """\
#!/bin/sh
for last; do :; done
exec cat > "$(mktemp {sent}/"$last".XXXXXXXX)"
"""
OPTIONS = argparse.Namespace(messages=100, senders=20, inside=False)


def gluster(*words):
    return disk.run("gluster", "--mode=script", "volume", *words)


def eventually(question, seconds, what):
    end = time.monotonic() + seconds
    while not (answer := question()):
        if time.monotonic() > end:
            raise AssertionError(f"after {seconds} s still no {what}")
        time.sleep(0.2)
    return answer


class Host:
    """Processes with a host name and numbers of their own, which see the volume where the homes are."""

    def __init__(self, name, home):
        self.name = name
        self.unshare = subprocess.Popen(["unshare", "--uts", "--mount", "--pid", "--fork", "--mount-proc",
                                         "--kill-child", "sh", "-c", f"hostname {name} && exec sleep 100000"])
        first = eventually(self.child, 30, "process of " + name)
        self.prefix = ["nsenter", f"--target={first}", "--uts", "--mount", "--pid", "--"]
        eventually(lambda: self.output("hostname") == name, 30, "host " + name)
        disk.run(*self.prefix, *MOUNT, home)
        eventually(lambda: "fuse.glusterfs" in self.output("findmnt", "-n", home), 30, "mount on " + name)

    def child(self):
        with open(f"/proc/{self.unshare.pid}/task/{self.unshare.pid}/children", encoding="ascii") as file:
            return file.read().strip()

    def output(self, *words):
        return subprocess.run([*self.prefix, *words], capture_output=True, text=True, check=False).stdout.strip()

    def close(self):
        self.unshare.kill()
        self.unshare.wait()


class Volume:
    """Two bricks that hold the same, a daemon to manage them."""

    def __init__(self, world):
        self.world = world
        disk.run("ip", "link", "set", "lo", "up")
        disk.run("ip", "address", "add", ADDRESS + "/32", "dev", "lo")
        for path, name in GLUSTER_DIRECTORIES.items():
            os.mkdir(world.path(name))
            disk.run("mount", "--bind", world.path(name), path)
        for name in ("vols", "peers"):
            os.mkdir(world.path("lib", name))
        self.bricks = [world.path("brick1"), world.path("brick2")]
        disk.run("glusterd", "--pid-file=" + world.path("glusterd.pid"))
        eventually(self.answers, 60, "glusterd")
        gluster("create", VOLUME, "replica", "2", *(f"{ADDRESS}:{brick}" for brick in self.bricks), "force")
        for cache in NO_CACHES:
            gluster("set", VOLUME, "performance." + cache, "off")
        gluster("start", VOLUME)
        eventually(lambda: all(self.pid(brick) for brick in self.bricks), 60, "bricks")

    def close(self):
        """Nobody writes to the bricks any more."""
        gluster("stop", VOLUME, "force")
        pid = int(load.read(self.world.path("glusterd.pid")))
        os.kill(pid, signal.SIGTERM)
        eventually(lambda: not os.path.exists(f"/proc/{pid}"), 30, "end of glusterd")

    @staticmethod
    def answers():
        return subprocess.run(["gluster", "volume", "list"], capture_output=True, check=False).returncode == 0

    @staticmethod
    def pid(brick):
        """Of the brick's process, None if there is none."""
        for file in glob.glob(f"/run/gluster/vols/{VOLUME}/*-{os.path.basename(brick)}.pid"):
            number = load.read(file).strip().decode()
            if os.path.exists(f"/proc/{number}"):
                return int(number)
        return None

    def kill(self, brick):
        os.kill(self.pid(brick), signal.SIGKILL)

    def revive(self, brick):
        eventually(lambda: self.pid(brick) is None, 30, "end of a brick")
        gluster("start", VOLUME, "force")
        eventually(lambda: self.pid(brick), 30, "new brick")

    def is_healed(self):
        lines = [line for line in gluster("heal", VOLUME, "info").splitlines() if line.startswith("Number of entries")]
        return len(lines) == 2 and all(line.endswith(": 0") for line in lines)


class Cluster(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = support.World()
        cls.addClassCleanup(cls.world.close)
        cls.volume = Volume(cls.world)
        cls.addClassCleanup(cls.volume.close)
        cls.home = cls.world.path("home")
        os.mkdir(cls.home)
        disk.run(*MOUNT, cls.home)
        eventually(lambda: os.path.ismount(cls.home), 30, "mount")
        cls.addClassCleanup(disk.run, "umount", cls.home)
        for user, script in SCRIPTS.items():
            cls.world.user(user, script)
        os.mkdir(cls.world.path("sent"))
        cls.world.give(cls.world.path("sent"))
        with open(cls.world.path("sendmail"), "w", encoding="ascii") as file:
            file.write(SENDMAIL.format(sent=cls.world.path("sent")))
        os.chmod(cls.world.path("sendmail"), 0o755)
        cls.log = open(cls.world.path("log-of-both"), "wb")
        cls.addClassCleanup(cls.log.close)
        cls.hosts = []
        for name in ("host1", "host2"):
            cls.hosts.append(Host(name, cls.home))
            cls.addClassCleanup(cls.hosts[-1].close)

    def connect(self, host):
        command = self.world.command(f"--hostname={host.name}.example.org", "--mail=maildir:~/Maildir", "--fsync=yes",
                                     "--folders=mbox:~/mail", f"--sendmail={self.world.path('sendmail')}", "--log=stderr")
        return load.Connection([*host.prefix, *command], stderr=self.log)

    def complaints(self):
        """What the log has but deliveries."""
        self.log.flush()
        return [line for line in load.read(self.log.name).decode().splitlines() if " delivered" not in line][:20]

    def deliver(self, connection, octets, user):
        """Again and again while it is deferred, as an MTA does; how often it was."""
        deferred = 0
        while True:
            reply = connection.deliver(octets, [user + "@example.org"])[0]
            if reply.startswith("250"):
                return deferred
            self.assertTrue(reply.startswith("4"), reply)
            deferred += 1
            self.assertLess(deferred, 200, reply)
            time.sleep(0.1)

    def text(self, number):
        return load.message(number, random.Random(number).choice((500, 3000, 20000, 120000)))

    def test_one_mailbox_two_hosts_and_a_brick_that_dies(self):
        self.done, deferred = collections.Counter(), []

        def lane(host, numbers):
            with self.connect(host) as connection:
                for number in numbers:
                    deferred.append(self.deliver(connection, self.text(number), "anne"))
                    self.done["messages"] += 1

        lanes = [(host, range(1 + i, 1 + 2 * OPTIONS.messages, 4)) for i, host in enumerate(self.hosts * 2)]
        begin = time.monotonic()
        load.in_parallel([lambda each=each: lane(*each) for each in lanes] + [self.kill_and_revive])
        print(f"{2 * OPTIONS.messages} messages by two hosts in {time.monotonic() - begin:.0f} s, "
              f"{sum(deferred)} times deferred", flush=True)
        begin = time.monotonic()
        eventually(self.volume.is_healed, 300, "end of the healing")
        print(f"healed after {time.monotonic() - begin:.0f} s", flush=True)
        self.check_mailboxes()
        self.volume.kill(self.volume.bricks[1])  # what the other brick missed has come to it
        self.check_mailboxes()
        self.volume.revive(self.volume.bricks[1])

    def kill_and_revive(self):
        def reached(part):
            eventually(lambda: self.done["messages"] >= part * 2 * OPTIONS.messages, 3600, "mail")

        reached(0.3)
        self.volume.kill(self.volume.bricks[0])
        reached(0.6)
        self.volume.revive(self.volume.bricks[0])

    def check_mailboxes(self):
        home = self.world.home("anne")
        numbers = range(1, 1 + 2 * OPTIONS.messages)
        inbox = load.count(load.maildir_messages(os.path.join(home, "Maildir")), broken := [])
        box = load.count(load.mbox_messages(os.path.join(home, "mail", "Box")), broken)
        self.assertEqual(broken[:20], [])
        self.assertEqual(load.differences(numbers, inbox), ([], [], []))
        self.assertEqual(load.differences([n for n in numbers if n % 10 in (2, 6)], box), ([], [], []))
        flags = self.flags(home)
        self.assertEqual([(n, flags.get(n)) for n in numbers if flags.get(n) != self.expected_flags(n)], [],
                         self.complaints())
        self.assertEqual(glob.glob(home + "/Maildir/tmp/*"), [])

    def flags(self, home):
        """The keywords and flags of each message by its number, as a reader would understand them."""
        letters = {}
        for line in load.read(os.path.join(home, "Maildir", "dovecot-keywords")).decode().splitlines():
            index, name = line.split(" ")
            letters[chr(ord("a") + int(index))] = name
        return {load.number_of(load.read(name)):
                sorted(letters.get(letter, letter) for letter in name.partition(":2,")[2])
                for name in glob.glob(home + "/Maildir/new/*") + glob.glob(home + "/Maildir/cur/*")}

    @staticmethod
    def expected_flags(number):
        return {3: ["$Label1", "F"], 4: ["$Label2"]}.get(number % 10, [])

    def both_at_once(self, jobs):
        """For each of the jobs: on both hosts at the same moment."""
        barrier = threading.Barrier(2)

        def lane(host):
            with self.connect(host) as connection:
                for job in jobs:
                    barrier.wait()
                    job(connection)

        load.in_parallel([lambda host=host: lane(host) for host in self.hosts])

    def test_vacation_answers_once_from_two_hosts(self):
        def greet(number):
            octets = load.message(number, 300, ["To: vera@example.org"])
            return lambda connection: connection.deliver(octets, ["vera@example.org"], f"sender{number}@example.net")

        self.both_at_once([greet(number) for number in range(OPTIONS.senders)])
        answers = collections.Counter(name.rpartition(".")[0] for name in os.listdir(self.world.path("sent")))
        self.assertEqual(answers, {f"sender{number}@example.net": 1 for number in range(OPTIONS.senders)})

    def test_both_hosts_append_to_one_mbox_in_turn(self):
        numbers = iter(range(1, 1 + 2 * OPTIONS.messages // 4))

        def append(connection):
            self.deliver(connection, self.text(next(numbers)), "mia")

        self.both_at_once([append] * (OPTIONS.messages // 4))
        box = load.count(load.mbox_messages(os.path.join(self.world.home("mia"), "mail", "Box")), broken := [])
        expected = range(1, 1 + 2 * (OPTIONS.messages // 4))
        self.assertEqual((broken, load.differences(expected, box)), ([], ([], [], [])))

    def test_duplicate_of_two_hosts_at_once_is_one(self):
        def deliver(number):
            octets = load.message(number, 300)
            return lambda connection: self.deliver(connection, octets, "una")

        self.both_at_once([deliver(number) for number in range(OPTIONS.senders)])
        counted = load.count(load.maildir_messages(os.path.join(self.world.home("una"), "Maildir")), broken := [])
        self.assertEqual((broken, load.differences(range(OPTIONS.senders), counted)), ([], ([], [], [])), self.complaints())

    def test_duplicate_is_seen_by_the_other_host(self):
        with self.connect(self.hosts[0]) as first, self.connect(self.hosts[1]) as second:
            for number in range(OPTIONS.senders):
                for connection in (first, second):
                    self.deliver(connection, self.text(number), "ben")
        counted = load.count(load.maildir_messages(os.path.join(self.world.home("ben"), "Maildir")), broken := [])
        self.assertEqual((broken, load.differences(range(OPTIONS.senders), counted)), ([], ([], [], [])))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lastmile")
    parser.add_argument("--messages", type=int, help="by each of the hosts")
    parser.add_argument("--senders", type=int)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.parse_args(namespace=OPTIONS)
    if os.geteuid() != 0:
        support.skip("a GlusterFS of one's own needs root")
    if not os.path.exists("/dev/fuse"):
        support.skip("no FUSE")
    if not all(shutil.which(program) for program in ("glusterd", "glusterfs", "unshare", "nsenter", "ip")):
        support.skip("glusterfs-server, util-linux or iproute2 is not installed")
    if not OPTIONS.inside:
        namespaces = ["unshare", "--mount", "--net", "--pid", "--fork", "--mount-proc", "--kill-child"]
        if subprocess.run([*namespaces, "true"], capture_output=True, check=False).returncode:
            support.skip("no namespaces of one's own")
        # the shell is process 1 there, which buries the daemons that die
        os.execvp(namespaces[0], [*namespaces, "sh", "-c", '"$@"; exit $?', "sh", sys.executable, *sys.argv, "--inside"])
    support.main()


if __name__ == "__main__":
    main()
