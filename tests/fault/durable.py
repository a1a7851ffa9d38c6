# SPDX-License-Identifier: MIT
"""What leads to a message must be on the disk before it is answered: each name that a delivery makes is followed by an
fsync of the directory in which it lies."""
import os

MAKES = {"mkdir", "mkdirat", "open:create", "openat:create", "link", "linkat", "rename", "renameat"}


def names_without_fsync(calls, at_first):
    unsynced = set(at_first)
    for call in calls:
        name = call.detail.rpartition(" -> ")[2]
        path = os.path.normpath(name)
        if call.name in MAKES and not name.endswith("/."):  # that name was there: a link to it is only a question
            unsynced.add(path)
        elif call.name == "fsync":
            unsynced = {each for each in unsynced if os.path.dirname(each) != path}
    return unsynced


def leads_to(path, place):
    """`place`: a file of messages, or a directory of them."""
    return (place + "/").startswith(path + "/") or path.startswith(place + "/")


def may_get_lost(scenario, home, calls):
    """Of a delivery that was answered 250: what is wrong with it."""
    places = [os.path.join(home, place) for box in scenario.mailboxes for place in box.places()]
    at_first = [os.path.join(home, box.path) for box in scenario.mailboxes if box.maker_unknown]
    unsynced = names_without_fsync(calls, at_first)
    return [f"the name {path} may get lost" for path in sorted(unsynced)
            if path.startswith(home + "/") and any(leads_to(path, place) for place in places)]
