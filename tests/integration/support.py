# SPDX-License-Identifier: MIT
"""What the integration tests share: the program under test, homes for its users, a socket to reach it."""
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

SKIP = 77  # Meson's exit status for a test that could not run
BINARY = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else ""


def skip(reason):
    print("skipped: " + reason)
    sys.exit(SKIP)


def main():
    """Runs the tests of the calling module, and ends with a line that tests/run-all counts."""
    result = unittest.main(argv=[sys.argv[0]], exit=False, verbosity=2).result
    failed = len(result.failures) + len(result.errors)
    skipped = len(result.skipped)
    sys.stderr.flush()
    print(f"{result.testsRun - failed - skipped} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    sys.exit(1 if failed else 0)


class World:
    """A directory with users of its own and the settings that name them; gone at close().

    Run by root the users are the system's "nobody", because nothing is ever delivered as root."""

    def __init__(self):
        self.root = tempfile.mkdtemp(prefix="lastmile-test-", dir="/tmp")
        os.chmod(self.root, 0o755)
        self.owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.getuid())
        self.users = os.path.join(self.root, "users")
        open(self.users, "w", encoding="utf-8").close()

    def close(self):
        for directory, _, _ in os.walk(self.root):
            os.chmod(directory, 0o755)
        shutil.rmtree(self.root)

    def path(self, *parts):
        return os.path.join(self.root, *parts)

    def home(self, name):
        return self.path("home", name)

    def give(self, path):
        """The file or directory belongs to the users from now on."""
        if os.geteuid() == 0:
            os.chown(path, self.owner.pw_uid, self.owner.pw_gid)

    def user(self, name, script=None):
        """Adds a user, with a script if there is one to be; returns the home."""
        home = self.home(name)
        os.makedirs(home)
        self.give(home)
        if script is not None:
            with open(os.path.join(home, ".sieve"), "w", encoding="utf-8") as file:
                file.write(script)
            self.give(os.path.join(home, ".sieve"))
        with open(self.users, "a", encoding="utf-8") as file:
            file.write(f"{name}:x:{self.owner.pw_uid}:{self.owner.pw_gid}::{home}:\n")
        return home

    def command(self, *options):
        """lastmile with the settings of this world, then those given."""
        own = ["-c", "/dev/null", "--hostname=mx.example.org", f"--users=passwd:{self.users}", "--fsync=no"]
        given = {option.split("=")[0] for option in options}
        log = [] if "--log" in given else ["--log=none"]
        return [BINARY] + [option for option in own if option.split("=")[0] not in given] + log + list(options)


class Server:
    """Starts the command for each connection, as inetd does: 0, 1 and 2 are the connection. The address is the path of
    a Unix socket, or host and port."""

    def __init__(self, address, command):
        self.path = address
        self.command = command
        self.listener = socket.socket(socket.AF_UNIX if isinstance(address, str) else socket.AF_INET)
        self.listener.bind(address)
        self.listener.listen(16)
        self.children = []
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.children.append(subprocess.Popen(self.command, stdin=connection, stdout=connection, stderr=connection))
            connection.close()

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join()
        for child in self.children:
            child.wait(timeout=30)
