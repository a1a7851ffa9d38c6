# SPDX-License-Identifier: MIT
"""A mail host that only the test sees: this machine's files below an overlay that forgets what is written, with what
fetch-peers brought unpacked into it, lastmile at /usr/local/bin and contrib/ beside; processes, network and host name
are its own too. So a mail server has its usual paths, users and ports, the files of contrib/ go where their comments
say, and when the test ends nothing of it is left, no process either."""
import atexit
import fcntl
import glob
import os
import re
import shutil
import smtplib
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(1, os.path.join(TOP, "tests", "integration"))
import support  # noqa: E402

UNSHARE = ["unshare", "--mount", "--net", "--pid", "--ipc", "--uts", "--fork", "--kill-child"]
INSIDE = "LASTMILE_TEST_MAILHOST"
PLACE = "/mnt"  # where the overlay is put together, in a mount namespace of the test's own
ROOT = PLACE + "/root"
CONTRIB = "/usr/local/share/lastmile/contrib"
DEVICES = ("null", "zero", "full", "random", "urandom")
NAME = "mx.example.org"
MESSAGE = "From: {sender}\r\nTo: undisclosed-recipients:;\r\nSubject: {subject}\r\nMessage-ID: <{subject}@example.org>\r\n\r\nHello.\r\n"
records = []  # what was written to /dev/log


def enter(groups, *programs):
    """Runs the rest of the test on the mail host, where these programs of the fetched groups have to be."""
    if INSIDE not in os.environ:
        if os.geteuid() != 0:
            support.skip("a mail host of one's own needs root")
        if subprocess.run(UNSHARE + ["true"], capture_output=True).returncode:
            support.skip("this machine allows no namespaces")
        environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", INSIDE: "1",
                       "LANG": "C.UTF-8"}
        os.execvpe(UNSHARE[0], UNSHARE + [sys.executable, *sys.argv], environment)
    del os.environ[INSIDE]
    build(groups)
    missing = [program for program in programs if not shutil.which(program)]
    if missing:
        support.skip(f"{', '.join(missing)} is neither installed nor fetched (contrib/setup-debian --tests)")


def mount(kind, where, *options):
    done = subprocess.run(["mount", *kind, where, *options], capture_output=True, text=True)
    if done.returncode:
        support.skip("this machine allows no overlay: " + done.stderr.strip())


def build(groups):
    mount(["-t", "tmpfs", "none"], PLACE, "-o", "mode=755")
    for name in ("upper", "work", "root"):
        os.mkdir(os.path.join(PLACE, name), 0o755)
    mount(["-t", "overlay", "none"], ROOT, "-o", f"lowerdir=/,upperdir={PLACE}/upper,workdir={PLACE}/work")
    mount(["-t", "proc", "none"], ROOT + "/proc")
    mount(["-t", "tmpfs", "none"], ROOT + "/run", "-o", "mode=755")
    make_devices(ROOT + "/dev")
    for group in groups.split():
        unpack(os.path.join(TOP, "build-peers", group))
    install()
    os.chroot(ROOT)
    os.chdir("/")
    settle()


def make_devices(where):
    mount(["-t", "tmpfs", "none"], where, "-o", "mode=755")
    for name in DEVICES:
        open(os.path.join(where, name), "w", encoding="ascii").close()
        mount(["--bind", "/dev/" + name], os.path.join(where, name))
    for name, target in (("fd", "/proc/self/fd"), ("ptmx", "pts/ptmx")):
        os.symlink(target, os.path.join(where, name))
    for name in ("pts", "shm"):
        os.mkdir(os.path.join(where, name))
    os.chmod(os.path.join(where, "shm"), 0o1777)
    mount(["-t", "devpts", "none"], os.path.join(where, "pts"), "-o", "newinstance,ptmxmode=666")


def unpack(directory):
    for package in sorted(glob.glob(os.path.join(directory, "*.deb"))):
        with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE) as archive:
            subprocess.run(["tar", "-x", "--keep-directory-symlink", "-C", ROOT, "--exclude=./usr/share/doc/*"],
                           stdin=archive.stdout, check=True)


def install():
    """As "make install" would; and contrib/."""
    local = ROOT + "/usr/local"
    os.makedirs(local + "/bin", exist_ok=True)
    shutil.copy(support.BINARY, local + "/bin/lastmile")
    shutil.copytree(os.path.join(TOP, "contrib"), ROOT + CONTRIB)
    shutil.copy(os.path.join(TOP, "README.md"), ROOT + CONTRIB)


def settle():
    """Name, network and log."""
    os.chmod("/tmp", 0o1777)
    tempfile.tempdir = "/tmp"
    socket.sethostname(NAME)
    write("/etc/hosts", f"127.0.0.1 {NAME} mx localhost\n")
    write("/etc/mailname", NAME + "\n")
    write("/etc/resolv.conf", "")
    loopback_up()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.bind("/dev/log")
    os.chmod("/dev/log", 0o666)
    threading.Thread(target=collect, args=(listener,), daemon=True).start()


def loopback_up():
    request = struct.pack("16sh", b"lo", 1)  # IFF_UP
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, 0x8914, request.ljust(40, b"\0"))  # SIOCSIFFLAGS


def collect(listener):
    while True:
        records.append(listener.recv(65536).decode(errors="replace"))


def write(path, text, mode=0o644, append=False):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "a" if append else "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, mode)


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def readme(title):
    """The commands of the section of README.md."""
    section = read(CONTRIB + "/README.md").split(f"\n## {title}\n")[1].split("\n## ")[0]
    return "".join(line[4:] + "\n" for line in section.splitlines() if line.startswith("    "))


def run(*command, **options):
    """The finished process, whose output is text; AssertionError with that output unless it succeeded."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, **options)
    if done.returncode:
        raise AssertionError(f"{' '.join(command)}: exit status {done.returncode}\n{done.stdout}")
    return done.stdout


def start(*command, **options):
    """A daemon in the foreground, which writes to the log."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               **options)
    threading.Thread(target=lambda: records.extend(line.decode(errors="replace") for line in process.stdout),
                     daemon=True).start()
    atexit.register(process.kill)
    return process


def eventually(question, seconds=30):
    """What `question` answers once that is true, or in the end."""
    end = time.monotonic() + seconds
    while True:
        answer = question()
        if answer or time.monotonic() > end:
            return answer
        time.sleep(0.05)


def drain(terminal):
    """Reads what the program on the other side of the terminal writes, until it ends."""
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        os.close(terminal)


def listening(port, host="127.0.0.1"):
    def connects():
        try:
            socket.create_connection((host, port), timeout=5).close()
            return True
        except OSError:
            return False
    if not eventually(connects):
        raise AssertionError(f"nothing listens at port {port}\n" + log())


def log():
    return "\n".join(record.rstrip("\n") for record in records)


def logged(pattern):
    return eventually(lambda: re.search(pattern, log()))


def user(name, script=None):
    """Adds a user of the system, with a script if there is one to be."""
    run("useradd", "--create-home", "--shell", "/bin/sh", name)
    if script is not None:
        write(f"/home/{name}/.sieve", script)
        shutil.chown(f"/home/{name}/.sieve", name, name)


def service_user(name):
    run("useradd", "--system", "--user-group", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", name)


def mailbox(name, folder="", base=None):
    """The messages of the user's folder, new and seen."""
    contents = []
    for part in ("new", "cur"):
        for path in glob.glob(os.path.join(base or f"/home/{name}/Maildir", folder, part, "*")):
            contents.append(read(path))
    return contents


def arrived(name, text, folder="", base=None):
    """The message in the user's folder that holds the text, waited for."""
    return eventually(lambda: next((each for each in mailbox(name, folder, base) if text in each), None))


def send(subject, recipients, sender="sender@example.org", options=(), recipient_options=(), text=MESSAGE):
    with smtplib.SMTP("127.0.0.1", 25, timeout=60) as client:
        client.ehlo("client.example.org")
        client.sendmail(sender, recipients, text.format(sender=sender, subject=subject).encode(), list(options),
                        list(recipient_options))


class Pairing(unittest.TestCase):
    """A test that shows the log when it fails."""

    def needs(self, program):
        if not shutil.which(program):
            self.skipTest(program + " is neither installed nor fetched")

    def tearDown(self):
        outcome = getattr(self._outcome, "result", None)
        if outcome and any(test is self for test, _ in outcome.failures + outcome.errors):
            print(log())
