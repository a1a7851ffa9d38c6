# SPDX-License-Identifier: MIT
"""The messages and scripts of the benchmark: the same octets in every run."""
import random


def message(size, fields=0):
    """About `size` octets with CRLF line ends, dots to be removed in some lines; `fields` more in the header."""
    head = ("From: Alice <alice@example.org>\r\nTo: u0@example.org\r\nSubject: bench\r\n"
            "Message-ID: <bench@example.org>\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\n")
    head += "".join(f"X-Field-{number}: value {number}\r\n" for number in range(fields))
    line = b"..begins with a dot\r\n" + b"x" * 76 + b"\r\n"
    return head.encode() + b"\r\n" + line * max((size - len(head)) // len(line), 1)


def mime(size, parts):
    """A multipart of base64 texts, about `size` octets."""
    words = random.Random(6)
    head = message(0).split(b"\r\n\r\n")[0]
    text = head + b"\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    lines = max(size // parts // 78, 1)
    for _ in range(parts):
        text += b"--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        for _ in range(lines):
            text += bytes(words.choices(alphabet, k=76)) + b"\r\n"
    return text + b"--b--\r\n"


def header_rules(count):
    """None of them matches."""
    rules = "".join(f'if header :contains ["subject", "x-list"] "no-such-word-{number}" {{ fileinto "F{number}"; }}\n'
                    for number in range(count))
    return 'require ["fileinto"];\n' + rules


def body_rules(count):
    """None of them matches."""
    looks = (":text", ":raw", ':content "text"')
    rules = "".join(f'if body {looks[number % 3]} :contains "no such phrase {number}" {{ fileinto "F{number}"; }}\n'
                    for number in range(count))
    return 'require ["fileinto", "body"];\n' + rules
