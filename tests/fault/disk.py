# SPDX-License-Identifier: MIT
"""A disk that remembers what it was asked, so that the power can be cut afterwards at any moment.

A process of its own serves one file through FUSE; the file carries a loop device. Every write and every flush that
the kernel asks of the device is appended to a log. A disk may keep what it has answered in a cache that forgets when
the power goes; only a flush empties that cache. So a state that a real disk can have been found in is: everything
written before the last flush that was answered, and any part of what was written since.
"""
import collections
import ctypes
import errno
import os
import random
import signal
import stat
import struct
import subprocess

BLOCK = 4096  # what a disk writes whole or not at all
GETATTR, SETATTR, OPEN, READ, WRITE, STATFS, RELEASE, FSYNC, FLUSH, INIT, INTERRUPT, DESTROY = (
    3, 4, 14, 15, 16, 17, 18, 20, 25, 26, 36, 38)
NO_REPLY = (2, INTERRUPT, 42)  # 2 and 42 are FORGET and BATCH_FORGET
MAX_WRITE = 128 * 1024
RECORD = struct.Struct("<QQQ")  # offset, length (0: a flush), size of the file of answers at that moment

Entry = collections.namedtuple("Entry", "offset length answers position")


def _mount(source, target, kind, data):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(source.encode(), target.encode(), kind.encode(), 0, data.encode()) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error), target)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout.strip()


class _Server:
    """The FUSE file system: its root is the file (so there are no names), its content is that of `image`."""

    def __init__(self, device, image, log, answers):
        self.device = device
        self.image = os.open(image, os.O_RDWR)
        self.size = os.fstat(self.image).st_size
        self.index = open(log + ".index", "wb", buffering=0)
        self.data = open(log + ".data", "wb", buffering=0)
        self.answers = os.open(answers, os.O_RDONLY)
        self.handlers = {INIT: self.init, GETATTR: self.attributes, SETATTR: self.attributes, OPEN: self.open,
                         READ: self.read, WRITE: self.write, STATFS: self.statfs, RELEASE: self.nothing,
                         FSYNC: self.flush, FLUSH: self.nothing}

    def serve(self):
        while True:
            try:
                request = os.read(self.device, MAX_WRITE + 65536)
            except OSError as error:
                if error.errno in (errno.EINTR, errno.ENOENT):
                    continue
                return  # ENODEV: unmounted
            _, operation, unique = struct.unpack_from("<IIQ", request)
            if operation in NO_REPLY:
                continue
            if operation == DESTROY:
                return
            handler = self.handlers.get(operation)
            body, error = (handler(request[40:]), 0) if handler else (b"", -errno.ENOSYS)
            os.write(self.device, struct.pack("<IiQ", 16 + len(body), error, unique) + body)

    def init(self, _request):
        big_writes = 1 << 5
        return struct.pack("<IIIIHHIIHHI28x", 7, 31, 0, big_writes, 64, 48, MAX_WRITE, 1, MAX_WRITE // 4096, 0, 0)

    def attributes(self, _request):
        attr = struct.pack("<QQQQQQIIIIIIIIII", 1, self.size, self.size // 512, 0, 0, 0, 0, 0, 0,
                           stat.S_IFREG | 0o600, 1, 0, 0, 0, BLOCK, 0)
        return struct.pack("<QII", 3600, 0, 0) + attr

    def open(self, _request):
        return struct.pack("<QII", 1, 0, 0)

    def read(self, request):
        _, offset, size = struct.unpack_from("<QQI", request)
        return os.pread(self.image, size, offset)

    def note(self, offset, length):
        answers = os.fstat(self.answers).st_size
        self.index.write(RECORD.pack(offset, length, answers))

    def write(self, request):
        _, offset, size = struct.unpack_from("<QQI", request)
        octets = request[40:40 + size]
        self.data.write(octets)
        self.note(offset, size)
        os.pwrite(self.image, octets, offset)
        return struct.pack("<II", size, 0)

    def flush(self, _request):
        self.note(0, 0)
        return b""

    def statfs(self, _request):
        return struct.pack("<QQQQQIII28x", 1, 0, 0, 1, 0, BLOCK, 255, BLOCK)

    def nothing(self, _request):
        return b""


class Disk:
    """A loop device whose content begins as that of the file `image`, which it changes. `directory` takes the log."""

    def __init__(self, image, directory):
        self.log = os.path.join(directory, "log")
        self.answers = os.path.join(directory, "answers")  # who uses the disk appends to it
        self.file = os.path.join(directory, "disk")
        for path in (self.file, self.answers, self.log + ".index"):
            open(path, "wb").close()
        device = os.open("/dev/fuse", os.O_RDWR)
        _mount("disk", self.file, "fuse", f"fd={device},rootmode=100000,user_id=0,group_id=0")
        self.pid = os.fork()
        if self.pid == 0:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            try:
                _Server(device, image, self.log, self.answers).serve()
            finally:
                os._exit(0)
        os.close(device)
        self.device = None
        try:
            self.device = run("losetup", "--find", "--show", self.file)
        except BaseException:
            self.close()
            raise

    def length(self):
        """How many requests are logged by now."""
        return os.stat(self.log + ".index").st_size // RECORD.size

    def close(self):
        if self.device:
            run("losetup", "--detach", self.device)
        run("umount", self.file)
        os.waitpid(self.pid, 0)


class Log:
    """What a disk was asked, read again."""

    def __init__(self, path):
        self.entries = []
        position = 0
        with open(path + ".index", "rb") as file:
            for offset, length, answers in RECORD.iter_unpack(file.read()):
                self.entries.append(Entry(offset, length, answers, position))
                position += length
        self.data = open(path + ".data", "rb")

    def close(self):
        self.data.close()

    def octets(self, entry):
        return os.pread(self.data.fileno(), entry.length, entry.position)


class Replay:
    """Makes the disk's states again, in the order of time. `image` is the content before the first request."""

    def __init__(self, log, image):
        self.log = log
        self.image = os.open(image, os.O_RDWR)
        self.flushed = 0  # entries before this one are in `image`

    def close(self):
        os.close(self.image)

    def cut(self, moment, path, seed):
        """Writes to `path` what a disk may hold whose power went just before request number `moment`."""
        entries = self.log.entries
        last = max((i for i in range(self.flushed, moment) if entries[i].length == 0), default=None)
        if last is not None:
            for entry in entries[self.flushed:last]:
                os.pwrite(self.image, self.log.octets(entry), entry.offset)
            self.flushed = last + 1
        _copy_sparse(self.image, path)
        self._write_some(path, entries[self.flushed:moment], random.Random(seed))

    def _write_some(self, path, entries, dice):
        """The cache: all of it reached the medium, or none, or single blocks in any order."""
        share = dice.choice((0.0, 1.0, dice.random()))
        fd = os.open(path, os.O_RDWR)
        for entry in entries:
            octets = self.log.octets(entry)
            for at in range(0, entry.length, BLOCK):
                if dice.random() < share:
                    os.pwrite(fd, octets[at:at + BLOCK], entry.offset + at)
        os.close(fd)


def _copy_sparse(fd, path):
    size = os.fstat(fd).st_size
    out = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    os.ftruncate(out, size)
    at = 0
    while at < size:
        try:
            at = os.lseek(fd, at, os.SEEK_DATA)
        except OSError:  # ENXIO: holes up to the end
            break
        end = os.lseek(fd, at, os.SEEK_HOLE)
        while at < end:
            octets = os.pread(fd, min(1 << 20, end - at), at)
            os.pwrite(out, octets, at)
            at += len(octets)
    os.close(out)
