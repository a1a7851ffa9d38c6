#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints what mail/octet_charsets.cpp includes: the upper halves of the charsets of one octet, from Python's codecs."""
NAMES = """CP1250 CP1251 CP1253 CP1254 CP1255 CP1256 CP1257 CP1258 CP437 CP737 CP775 CP850 CP852 CP855 CP857 CP858 CP860
CP861 CP862 CP863 CP864 CP865 CP866 CP869 CP874 ISO-8859-10 ISO-8859-11 ISO-8859-13 ISO-8859-14 ISO-8859-15 ISO-8859-16
ISO-8859-2 ISO-8859-3 ISO-8859-4 ISO-8859-5 ISO-8859-6 ISO-8859-7 ISO-8859-8 ISO-8859-9 KOI8-R KOI8-T KOI8-U
MAC-CYRILLIC MACINTOSH TIS-620 WINDOWS-1252""".split()


def character(charset, octet):
    """0 for none; what windows-1252 leaves free stays the control character of ISO-8859-1."""
    try:
        return ord(bytes([octet]).decode(charset))
    except UnicodeDecodeError:
        return octet if charset == "WINDOWS-1252" else 0


for name in sorted(NAMES):
    print(f'{{"{name}", {{{",".join(str(character(name, octet)) for octet in range(128, 256))}}}}},')
