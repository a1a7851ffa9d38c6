#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The client vanishes at every point of the dialogue: usage: client.py LASTMILE [--all]. A message whose end was sent may
be delivered, once and whole; of any other nothing is seen, and the next delivery works."""
import os
import socket
import struct
import sys

import place as places
from mailboxes import Maildir
from scenarios import MESSAGE

BOX = Maildir("Maildir")
DIALOGUE = b"LHLO client.example.org\r\n" + places.ENVELOPE + places.on_the_wire(MESSAGE)
END = len(DIALOGUE)


def close(connection):
    connection.ours.close()


def half_close(connection):
    connection.ours.shutdown(socket.SHUT_WR)
    while connection.ours.recv(65536):
        pass


def reset(connection):
    """TCP would send RST; a Unix socket that is closed with replies unread gives ECONNRESET to the other side."""
    connection.ours.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.ours.close()


def problem_at(place, octets, vanish):
    """What is wrong after a client that sent so much and vanished; None if nothing is."""
    place.make_home("", [BOX])
    place.give()
    connection = places.Connection(place, timeout=20)
    connection.send(octets)
    vanish(connection)
    status = connection.end()
    if status < 0:
        return f"killed by signal {-status}"
    found = BOX.find(place.home, MESSAGE)
    most = 1 if len(octets) == END else 0
    if found.whole > most or found.parts or found.problems:
        return f"{found}"
    answered = vanish is half_close and len(octets) == END  # then the next one is another message
    replies, _ = places.deliver(place, MESSAGE)
    if places.final_code(replies) != 250 or BOX.find(place.home, MESSAGE).whole != 1 + answered:
        return f"the next delivery: {replies}, {BOX.find(place.home, MESSAGE)}"
    return None


def points(full):
    """Every octet, or the line ends and what is around them."""
    if full:
        return range(END + 1)
    ends = [i + 1 for i in range(END) if DIALOGUE[i:i + 1] == b"\n"]
    return sorted({p for end in ends[:10] + ends[-3:] for p in (end - 1, end)} | {0, 1, END})


def main():
    place = places.Place(os.path.abspath(sys.argv[1]))
    passed = failed = 0
    try:
        for vanish in (close, half_close, reset):
            for point in points("--all" in sys.argv):
                problem = problem_at(place, DIALOGUE[:point], vanish)
                passed, failed = passed + (not problem), failed + bool(problem)
                if problem:
                    print(f"{vanish.__name__} after {DIALOGUE[:point][-20:]!r} ({point}): {problem}\n{place.log_text()}")
            print(f"{vanish.__name__}: {passed + failed} so far", flush=True)
    finally:
        place.close()
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
