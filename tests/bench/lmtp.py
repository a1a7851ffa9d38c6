# SPDX-License-Identifier: MIT
"""The benchmark's client: starts a program per connection, as an MTA's spawn does, and times what it does."""
import os
import socket
import subprocess
import threading
import time


class Connection:
    """A program that speaks LMTP on its standard input and output, both the same socket."""

    def __init__(self, command):
        ours, its = socket.socketpair()
        self.started = time.perf_counter()
        self.process = subprocess.Popen(command, stdin=its, stdout=its, close_fds=True)
        its.close()
        self.socket, self.file = ours, ours.makefile("rb")
        self.expect(b"220")
        self.greeted = time.perf_counter()

    def expect(self, code):
        while True:
            line = self.file.readline()
            if not line.startswith(code):
                raise RuntimeError(f"expected {code.decode()}, not {line!r}")
            if line[3:4] != b"-":
                return

    def send(self, octets):
        self.socket.sendall(octets)

    def hello(self):
        self.send(b"LHLO bench.example.org\r\n")
        self.expect(b"250")

    def deliver(self, message, recipients):
        names = b"".join(b"RCPT TO:<%s@example.org>\r\n" % name.encode() for name in recipients)
        self.send(b"MAIL FROM:<bob@example.org>\r\n" + names + b"DATA\r\n")
        for _ in range(len(recipients) + 1):
            self.expect(b"250")
        self.expect(b"354")
        self.send(message + b".\r\n")
        for _ in recipients:
            self.expect(b"250")

    def quit(self):
        """How long the program lived, and the processor time of it and its children, in seconds."""
        self.send(b"QUIT\r\n")
        self.expect(b"221")
        self.file.close()
        self.socket.close()
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = status
        if status != 0:
            raise RuntimeError(f"exit status {status}")
        return time.perf_counter() - self.started, usage.ru_utime + usage.ru_stime


def start(command):
    """Seconds from exec to the greeting."""
    connection = Connection(command)
    seconds = connection.greeted - connection.started
    connection.quit()
    return seconds


def session(command, messages, recipients):
    """One connection: seconds from its start to its end."""
    connection = Connection(command)
    connection.hello()
    for message in messages:
        connection.deliver(message, recipients)
    return connection.quit()


def load(command, message, users, connections, deliveries):
    """A connection for each delivery, `connections` at a time: (seconds, processor seconds) of one delivery."""
    numbers = iter(range(deliveries))
    lock = threading.Lock()
    cpu, errors = [], []

    def work():
        try:
            while True:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                cpu.append(session(command, [message], [users[number % len(users)]])[1])
        except (RuntimeError, OSError) as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(connections)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return (time.perf_counter() - begin) / deliveries, sum(cpu) / deliveries
