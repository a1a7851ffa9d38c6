# SPDX-License-Identifier: MIT
"""What the tests of lastmile-sieve share: a directory with files in it, and the program run there."""
import os
import subprocess
import sys
import tempfile
import textwrap
import unittest

BINARY = os.path.abspath(sys.argv[1])
EXTENSIONS = os.path.abspath(sys.argv[2])
SOURCES = os.path.join(os.path.dirname(EXTENSIONS), "..", "..")


def text(block):
    """A block of a test's source, without its indentation and first line end."""
    return textwrap.dedent(block.lstrip("\n"))


class ToolTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.directory = tempfile.TemporaryDirectory(prefix="lastmile-sieve-")
        self.addCleanup(self.directory.cleanup)

    def file(self, name, content):
        path = os.path.join(self.directory.name, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else text(content).encode())

    def run_tool(self, *arguments, stdin=b""):
        environment = {"HOME": self.directory.name, "USER": "bob", "PATH": os.environ["PATH"]}
        return subprocess.run([BINARY, *arguments], cwd=self.directory.name, env=environment, input=stdin,
                              capture_output=True, timeout=60, check=False)

    def on_terminal(self, arguments, variables):
        """What the program writes when its standard output is a terminal."""
        master, slave = os.openpty()
        environment = {"HOME": self.directory.name, "PATH": os.environ["PATH"], **variables}
        subprocess.run([BINARY, *arguments], cwd=self.directory.name, env=environment, stdin=subprocess.DEVNULL,
                       stdout=slave, timeout=60, check=False)
        os.close(slave)
        with open(master, "rb", buffering=0) as terminal:
            written = b""
            try:
                while piece := terminal.read(65536):
                    written += piece
            except OSError:  # EIO: all is read, and nobody has the other end
                pass
        return written.decode()

    def expect(self, arguments, status=0, stdout="", stderr="", stdin=b""):
        """Runs the program; all that it says is as given."""
        done = self.run_tool(*arguments, stdin=stdin)
        self.assertEqual(done.stdout.decode("utf-8", "replace"), text(stdout))
        self.assertEqual(done.stderr.decode("utf-8", "replace"), text(stderr))
        self.assertEqual(done.returncode, status)


def main():
    """Runs the tests of the calling module, and ends with a line that tests/run-all counts."""
    result = unittest.main(argv=[sys.argv[0]], exit=False, verbosity=2).result
    failed = len(result.failures) + len(result.errors)
    sys.stderr.flush()
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
