#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Very many messages: through a real Postfix to ten scripts of all kinds, and through one connection that does not end.

Of each message it is known where it must be in the end, how often, and what its digest is."""
import argparse
import collections
import os
import random
import smtplib
import time
import unittest

import load
import postfix
from load import support

# What lastmile takes for sendmail(1): tells the test's Postfix, with as little start-up time as Python allows.
SENDMAIL = """\
#!/usr/bin/python3 -IS
import socket, sys
arguments = sys.argv[1:]
sender = arguments[arguments.index("-f") + 1].replace("<>", "")
recipients = arguments[arguments.index("--") + 1:]
message = sys.stdin.buffer.read().replace(b"\\r\\n", b"\\n").replace(b"\\n", b"\\r\\n").replace(b"\\r\\n.", b"\\r\\n..")
client = socket.create_connection(("127.0.0.1", {port}))
replies = client.makefile("rb")
def say(octets):
    client.sendall(octets)
    reply = replies.readline()
    if reply[:1] not in (b"2", b"3"):
        sys.exit(reply.decode())
say(b"")
say(b"HELO test.example.org\\r\\n")
say(b"MAIL FROM:<%s>\\r\\n" % sender.encode())
for recipient in recipients:
    say(b"RCPT TO:<%s>\\r\\n" % recipient.encode())
say(b"DATA\\r\\n")
say(message + b".\\r\\n")
"""
SCRIPTS = {
    "plain": None,
    "filed": 'require ["fileinto", "mailbox", "variables"]; set "box" "none";'
             'if header :matches "X-Box" "*" { set :lower :upperfirst "box" "${1}"; } fileinto :create "${box}";',
    "copied": 'require ["fileinto", "mailbox", "copy", "body", "envelope"]; fileinto :copy :create "All";'
              'if allof (body :contains "end of", envelope :domain "from" "example.org") { fileinto :create "Ends"; }'
              'keep;',
    "marked": 'require ["imap4flags", "relational", "comparator-i;ascii-numeric"];'
              'if header :value "ge" :comparator "i;ascii-numeric" "X-Box" "3" { addflag ["\\\\Seen", "$Label1"]; }',
    "away": 'require "vacation"; vacation :days 7 :addresses "away@example.org" "I am away.";',
    "moved": 'redirect "heir@example.org";',
    "edited": 'require ["editheader", "date", "variables"]; deleteheader "Subject"; addheader "X-Edited" "yes";'
              'if currentdate :matches "iso8601" "*" { addheader :last "X-Seen" "${1}"; }',
    "choosy": 'require ["duplicate", "fileinto"];'
              'if duplicate { discard; } elsif header :is "X-Box" "4" { discard; }',
    "strict": 'require "ereject"; if header :is "X-Box" "5" { ereject "Not here."; }',
    "broken": 'require "fileinto"; fileinto "Nowhere" 5 keep',
}
USERS = list(SCRIPTS)
BOXES = 7
SENDERS = 50
OPTIONS = argparse.Namespace(messages=200, transactions=400, lanes=4)


def box_of(number):
    return number // len(USERS) % BOXES


def recipients_of(number):
    """One of the users in turn; now and then all of them."""
    return USERS if number % 25 == 0 else [USERS[number % len(USERS)]]


def text_of(number):
    recipients = ", ".join(user + "@example.org" for user in recipients_of(number))
    size = 100000 if number % 500 == 0 else random.Random(number).choice((300, 1500, 1500, 5000))
    return load.message(number, size, [f"X-Box: {box_of(number)}", f"To: {recipients}"])


def sender_of(number):
    return f"sender+{number % SENDERS}@example.org"


def expected():
    """{(user, folder): the numbers of the messages that must be there}"""
    places = collections.defaultdict(set)
    for number in range(1, 1 + OPTIONS.messages):
        for user in recipients_of(number):
            for place in places_of(user, box_of(number)):
                places[place].add(number)
    return places


def places_of(user, box):
    if user == "filed":
        return [(user, str(box))]
    if user == "copied":
        return [(user, ""), (user, "All"), (user, "Ends")]
    if user == "moved":
        return [("heir", "")]
    gone = (user == "choosy" and box == 4) or (user == "strict" and box == 5)
    return [] if gone else [(user, "")]


@unittest.skipUnless(os.geteuid() == 0 and os.path.exists("/usr/lib/postfix/sbin/master"), "needs root and Postfix")
class ThroughPostfix(unittest.TestCase):
    """The inboxes are Maildirs, the folders are mboxes."""

    @classmethod
    def setUpClass(cls):
        cls.mail = postfix.Mail("--folders=mbox:~/mail", sendmail=SENDMAIL)
        cls.addClassCleanup(cls.mail.close)
        for user, script in SCRIPTS.items():
            cls.mail.world.user(user, script)
        for user in ("sender", "heir"):
            cls.mail.world.user(user)

    def send(self, numbers):
        with smtplib.SMTP("127.0.0.1", self.mail.port, timeout=300) as client:
            for number in numbers:
                recipients = [user + "@example.org" for user in recipients_of(number)]
                refused = client.sendmail(sender_of(number), recipients, text_of(number))
                self.assertEqual(refused, {})

    def queued(self):
        queues = [os.path.join(self.mail.root, "queue", name) for name in ("maildrop", "incoming", "active", "deferred")]
        return sum(len(files) for queue in queues for _, _, files in os.walk(queue))

    def drained(self):
        for _ in range(5):  # a message that is answered or bounced is between two queues for a moment
            if self.queued():
                return False
            time.sleep(0.2)
        return True

    def messages(self, user, folder):
        home = self.mail.world.home(user)
        if folder:
            return load.mbox_messages(os.path.join(home, "mail", folder))
        return load.maildir_messages(os.path.join(home, "Maildir"))

    def test_each_message_is_where_it_must_be(self):
        begin = time.monotonic()
        load.in_parallel([lambda lane=lane: self.send(range(1 + lane, 1 + OPTIONS.messages, OPTIONS.lanes))
                          for lane in range(OPTIONS.lanes)])
        self.assertTrue(postfix.eventually(self.drained, 60 + OPTIONS.messages), self.mail.log()[-3000:])
        places = expected()
        wrong = {}
        for place, numbers in places.items():
            counted = load.count(self.messages(*place), broken := [])
            difference = load.differences(numbers, counted)
            if broken or difference != ([], [], []):
                wrong[place] = broken[:5], difference
        copies = sum(len(numbers) for numbers in places.values())
        print(f"{OPTIONS.messages} messages through Postfix, {copies} copies looked up, "
              f"{time.monotonic() - begin:.0f} s", flush=True)
        self.assertEqual(wrong, {})
        self.check_what_the_senders_got()

    def check_what_the_senders_got(self):
        """An answer to each sender who wrote to the one who is away, a bounce for each message that was rejected."""
        numbers = range(1, 1 + OPTIONS.messages)
        away = {number % SENDERS for number in numbers if "away" in recipients_of(number)}
        rejected = [number for number in numbers if "strict" in recipients_of(number) and box_of(number) == 5]
        got = [piece.partition(b"\n\n")[0] for piece in self.messages("sender", "")]
        answers = [head for head in got if b"Auto-Submitted: auto-replied (vacation)" in head or b"\nSubject: Auto" in head]
        bounces = [head for head in got if b"Undelivered Mail" in head]
        self.assertEqual((len(answers), len(bounces), len(got)), (len(away), len(rejected), len(away) + len(rejected)))


class OneConnection(unittest.TestCase):
    """Thousands of transactions in one connection: the process that serves it stays as it is."""

    def setUp(self):
        self.world = support.World()
        self.addCleanup(self.world.close)
        for user in ("plain", "filed", "copied", "marked", "edited", "broken", "strict"):
            self.world.user(user, SCRIPTS[user])

    def sample(self, pid):
        """(descriptors, children, kilobytes of memory)"""
        status = load.read(f"/proc/{pid}/status").decode()
        memory = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon:"))
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return len(os.listdir(f"/proc/{pid}/fd")), len(file.read().split()), memory

    def transaction(self, connection, number):
        if number % 20 == 3:
            self.assertEqual(connection.say("RSET")[:3], "250")
        if number % 20 == 7:
            self.assertEqual(connection.say("MAIL FROM:<x@example.org>")[:3], "250")
            self.assertEqual(connection.say("RCPT TO:<nobody-here@example.org>")[:3], "550")
            self.assertEqual(connection.say("RSET")[:3], "250")
        users = ["plain", "filed", "copied", "marked", "edited", "broken", "strict"]
        recipients = [users[number % 7]] + (users[:3] if number % 10 == 0 else [])
        size = 2000000 if number % 200 == 1 else 1000
        octets = load.message(number, size, [f"X-Box: {number % 7}"])
        replies = connection.deliver(octets, [user + "@example.org" for user in dict.fromkeys(recipients)])
        for user, reply in zip(dict.fromkeys(recipients), replies):
            rejected = user == "strict" and number % 7 == 5
            self.assertEqual(reply[:3], "550" if rejected else "250", reply)

    def test_does_not_grow(self):
        samples = []
        self.idle = None
        step = max(OPTIONS.transactions // 20, 1)
        with load.Connection(self.world.command("--folders=mbox:~/mail")) as connection:
            for line in "MAIL FROM:<x@example.org>", "RCPT TO:<plain@example.org>", "RSET":  # it opens what it needs then
                self.assertEqual(connection.say(line)[:3], "250")
            self.idle = self.sample(connection.process.pid)
            for number in range(1, 1 + OPTIONS.transactions):
                self.transaction(connection, number)
                if number % step == 0:
                    samples.append(self.settled(connection.process.pid))
        early, late = samples[len(samples) // 4], samples[-1]
        print(f"{OPTIONS.transactions} transactions in one connection: descriptors, children, kB at the first quarter "
              f"{early}, at the end {late}", flush=True)
        self.assertEqual([each[:2] for each in samples], [self.idle[:2]] * len(samples))
        self.assertLess(late[2] - early[2], 512)  # the allocator settles late; in a full run that is 25 octets each

    def settled(self, pid):
        """A child ends a moment after its reply was sent, and its pipe is closed then."""
        end = time.monotonic() + 10
        while (sample := self.sample(pid))[:2] != self.idle[:2] and time.monotonic() < end:
            time.sleep(0.02)
        return sample


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lastmile")
    parser.add_argument("--messages", type=int, help="through Postfix")
    parser.add_argument("--transactions", type=int, help="in one connection")
    parser.add_argument("--lanes", type=int, help="clients of Postfix at the same time")
    parser.parse_args(namespace=OPTIONS)
    support.main()


if __name__ == "__main__":
    main()
