# SPDX-License-Identifier: MIT
"""The messages and scripts of the benchmark: the same octets in every run."""
import base64
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


MAGIC = """require "vnd.lastmile.magic";
if magic :is "application/x-executable" { discard; }
"""

# How files begin that are sent every day.
BEGINNINGS = {
    "application/pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    "image/jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0H\0H\0\0",
    "image/png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\2\0\0\0",
    "image/gif": b"GIF89a\x40\1\xf0\0\xf7\0\0",
    "application/zip": b"PK\3\4\x14\0\0\0\x08\0" + bytes(16) + b"\x08\0\0\0file.txt",
    "application/msword": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\0\3\0\xfe\xff\t\0",
    "audio/mpeg": b"ID3\3\0\0\0\0\x0f\x76",
    "text/html": b"<!DOCTYPE html>\n<html><head><title>bench</title></head><body>\n",
    "text/plain": b"Dear Alice,\nthe figures are below.\n",
    "text/csv": b"name,number\nalice,1\nbob,2\n",
}


def attachments(size=20000):
    """Ten parts of kinds that are sent every day, each of about `size` octets."""
    words = random.Random(7)
    text = message(0).split(b"\r\n\r\n")[0]
    text += b"\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    for kind, beginning in BEGINNINGS.items():
        rest = b"some more words,\n" * (size // 17) if kind.startswith("text/") else words.randbytes(size)
        head = f"--b\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        text += head.encode() + base64.encodebytes(beginning + rest).replace(b"\n", b"\r\n")
    return text + b"--b--\r\n"
