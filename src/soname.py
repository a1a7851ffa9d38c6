#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints the name under which programs load a library that the linker knows: soname.py NAME COMPILER..."""
import re
import subprocess
import sys


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


name, *compiler = sys.argv[1:]
path = output(*compiler, f"-print-file-name=lib{name}.so").strip()
found = re.search(r"\(SONAME\).*\[(.+)\]", output("readelf", "-dW", path))
if not found:
    sys.exit(f"{path} has no SONAME")
print(found.group(1), end="")
