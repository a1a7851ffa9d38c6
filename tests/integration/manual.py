#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The manual is complete: it names every setting and every extension that the programs have.

usage: manual.py LASTMILE LASTMILE-SIEVE MAN-DIRECTORY"""
import os
import subprocess
import sys


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=30).stdout.splitlines()


def page(name):
    with open(os.path.join(sys.argv[3], name), encoding="utf-8") as file:
        return file.read().replace("\\-", "-")


def main():
    settings = page("lastmile.conf.5")
    language = page("lastmile-sieve.7")
    keys = [line.split(" =")[0] for line in output(sys.argv[1], "-c", "/dev/null", "--print-config")]
    capabilities = [line.split()[0] for line in output(sys.argv[2], "extensions")[1:]]
    faults = [f"lastmile.conf.5 does not name the key {key}" for key in keys
              if f"Cm {key}" not in settings and f", {key}" not in settings and key not in language]
    faults += [f"lastmile-sieve.7 does not name the extension {name}" for name in capabilities if name not in language]
    print("\n".join(faults))
    print(f"{len(keys) + len(capabilities) - len(faults)} passed, {len(faults)} failed")
    return 1 if faults or not keys or not capabilities else 0


if __name__ == "__main__":
    sys.exit(main())
