#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The manual is complete: it names every setting, every extension, every option, every reply and every field of the
log line that the programs have.

usage: manual.py LASTMILE LASTMILE-SIEVE MAN-DIRECTORY"""
import glob
import os
import re
import subprocess
import sys


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=30).stdout.splitlines()


def page(name):
    with open(os.path.join(sys.argv[3], name), encoding="utf-8") as file:
        return file.read().replace("\\-", "-")


def source(pattern):
    for path in glob.glob(os.path.join(sys.argv[3], "..", "src", "**", pattern), recursive=True):
        with open(path, encoding="utf-8") as file:
            yield file.read()


def replies():
    """Those in the table of lastmile(8), and those in the program's source."""
    table = page("lastmile.8").split(".Ss Replies\n")[1].split("\n.El")[0]
    return set(re.findall(r"^\.It (\d{3}(?: [245]\.\d\.\d+)?)$", table, re.M)), \
        {f"{code} {enhanced}".strip() for text in source("*.cpp")
         for code, enhanced in re.findall(r"\{([2-5]\d\d), \"((?:[245]\.\d\.\d+)?)\"", text)}


def log_fields():
    """Likewise."""
    line = next(text for text in source("children.cpp")).split("base::log(base::LogLevel::info, status,")[1].split("});")[0]
    table = page("lastmile.8").split("empty ones are left out.\n")[1].split("\n.El")[0]
    return set(re.findall(r"^\.It Cm (\S+)$", table, re.M)), set(re.findall(r'\{"([a-z_-]+)", ', line))


def options():
    """Likewise, of lastmile-sieve; the manual has the long forms."""
    written = set(re.findall(r"Fl (?:\w , )?-([a-z-]+)", page("lastmile-sieve.1")))
    names = re.findall(r"^  ([a-z]+) ", "\n".join(output(sys.argv[2], "--help")), re.M)
    return written, {option for name in names for option in
                                re.findall(r"--([a-z-]+)", "\n".join(line[:32] for line in output(sys.argv[2], name, "--help")))}


def main():
    settings = page("lastmile.conf.5")
    language = page("lastmile-sieve.7")
    keys = [line.split(" =")[0] for line in output(sys.argv[1], "-c", "/dev/null", "--print-config")]
    capabilities = [line.split()[0] for line in output(sys.argv[2], "extensions")[1:]]
    faults = [f"lastmile.conf.5 does not name the key {key}" for key in keys
              if f"Cm {key}" not in settings and f", {key}" not in settings and key not in language]
    faults += [f"lastmile-sieve.7 does not name the extension {name}" for name in capabilities if name not in language]
    checked = len(keys) + len(capabilities)
    for what, (written, there) in ("lastmile.8: reply", replies()), ("lastmile.8: log field", log_fields()), \
            ("lastmile-sieve.1: option", options()):
        assert there, what
        faults += [f"{what} {name}" for name in sorted(written ^ there)]
        checked += len(there)
    print("\n".join(faults))
    print(f"{checked - len(faults)} passed, {len(faults)} failed")
    return 1 if faults or not keys or not capabilities else 0


if __name__ == "__main__":
    sys.exit(main())
