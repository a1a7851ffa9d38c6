# SPDX-License-Identifier: MIT
"""Messages of all kinds, the same ones every time: a list of (envelope sender, octets)."""
import random

PEOPLE = ["Anne <anne@example.org>", "ben@example.net", '"Ben, of the Walks" <ben@example.org>',
          "Carl <carl@shop.example>", "=?utf-8?q?J=C3=BCrgen?= <juergen@example.com>",
          "=?utf-8?b?w4VzYQ==?= <asa@example.net>",
          "Mail Delivery System <MAILER-DAEMON@mx.example.org>", "root (Cron Daemon) <root@example.org>",
          "noreply@shop.example (The Shop)", "walks-owner@lists.example.org", "dora@abroad.invalid",
          "Postmaster <postmaster@example.com>"]
SENDERS = ["anne@example.org", "ben@example.net", "walks-bounces@lists.example.org", "", "root@example.org",
           "owner-birds@lists.example.org", "carl@shop.example"]
READERS = ["alice@example.org", "Alice <alice@example.org>", "walks@lists.example.org", "birds@lists.example.org",
           "Birds <BIRDS@Lists.Example.org>", "carl@shop.example", "malice@example.org", "team@example.net"]
SUBJECTS = ["", "Re: walk on Sunday", "AW: [17] Invoice 4711", "invoice for March", "Your bill", "URGENT meeting",
            "urgent: lunch", "Weekly report", "A walk, and a bird", "Walks", "rewalk it", "sidewalks",
            "Fwd: Re: birds of the week",
            "=?utf-8?q?Rechnung_f=C3=BCr_Mai?=", "=?utf-8?b?R3LDvMOfZSBhdXMgS8O2bG4=?=", "=?iso-8859-1?q?Gr=FC=DFe?=",
            "meeting report", "birdwatching meeting", "FREE money", "123 go", "lunch?", "re : nothing"]
LINES = ["Hello,", "Hello", "Dear friends,", "regards,", "Yours,", "please send the payment",
         "to unsubscribe press here", "-- ", "> lunch at noon?", "lunch", "total: 120", "the total is 7",
         "From here to there", "spam, spam and eggs",
         "free seats on offer", "free as in money!!!", "freedom of offerings", "Remove me from this list", ".", ""]
LISTS = [[], [], [],
         ["List-Id: Walks in the hills <walks.lists.example.org>", "List-Post: <mailto:walks@lists.example.org>",
          "Precedence: list", "Sender: owner-walks@lists.example.org"],
         ["List-Id: <birds.lists.example.org>", "Precedence: bulk"],
         ["X-Mailing-List: stones <stones@lists.example.org>", "Mailing-List: contact stones-help@lists.example.org"],
         ["X-BeenThere: trees@lists.example.org", "Precedence: junk"],
         ["Sender: trees-owner@lists.example.org"], ["Precedence: first-class"]]
SPAM = [[], [], [],
        ["X-Spam-Flag: YES", "X-Spam-Status: Yes, score=8.1 required=5.0 tests=A,\n\tB,C", "X-Spam-Level: ********"],
        ["X-Spam-Status: No, score=4.9", "X-Spam-Level: ****"], ["X-Spam-Level: ******"]]
OTHERS = [[], [], ["Priority: urgent"], ["Reply-To: nobody@example.org"], ["Reply-To: Ben <ben@example.org>"],
          ["Priority:"], ["Content-Type: multipart/mixed; boundary=x"], ["Content-Type: text/html; charset=utf-8"]]
RECEIVED = [[], ["Received: from mx1.example by mx.example.org; Mon, 2 Nov 2026 09:15:00 +0100"],
            ["Received: from host (host [192.0.2.17])\n\tby mx.example.org with ESMTP;"
             "\n\tMon, 2 Nov 2026 09:15:00 +0100"],
            ["Received: from  mx (mx [192.0.2.9]) by mx.example.org"]]


def folded(chance, text):
    """Sometimes continued on the next line."""
    return text.replace(", ", ",\n  ") if chance.random() < 0.3 else text


def body(chance):
    lines = [chance.choice(LINES) for _ in range(chance.randrange(0, 12))]
    if chance.random() < 0.2:  # far from any limit that a recipe names
        lines += ["A line of some length that says nothing at all."] * chance.randrange(600, 1200)
    return lines


def readers(chance, least, most):
    return ", ".join(chance.sample(READERS, chance.randrange(least, most)))


def header(chance, number):
    lines = list(chance.choice(RECEIVED))
    lines += [f"From: {chance.choice(PEOPLE)}"]
    if to := readers(chance, 0, 4):
        lines += [folded(chance, "To: " + to)]
    if chance.random() < 0.3:
        lines += [folded(chance, chance.choice(["Cc: ", "CC: "]) + readers(chance, 1, 3))]
    lines += [folded(chance, "Subject: " + chance.choice(SUBJECTS))]
    lines += [f"Date: Mon, 2 Nov 2026 09:15:00 {chance.choice(['+0100', '-0500', '+0900'])}"]
    left = chance.choice(["a", "b12", "c345"]) + str(number if chance.random() < 0.85 else 7)
    lines += [f"Message-ID: <{left}@{chance.choice(['mx.example', 'mx.example.org'])}>"]
    for choices in (LISTS, SPAM, OTHERS):
        lines += chance.choice(choices)
    return lines + [f"X-Number: {number}"]


def generate(count, seed=20261102):
    chance = random.Random(seed)
    found = []
    for number in range(count):
        sender = chance.choice(SENDERS)
        text = "\n".join(header(chance, number) + [""] + body(chance)) + "\n"
        found.append((sender, text.encode()))
    return found
