#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The layer rule of src/README.md and the one door of each library, read from the #include lines."""
import os
import re
import sys

MAY_USE = {
    "base": {"base"},
    "mail": {"mail", "base"},
    "lmtp": {"lmtp", "mail", "base"},
    "sieve": {"sieve", "mail", "base"},
    "delivery": {"delivery", "sieve", "lmtp", "mail", "base"},
    "tools": {"tools", "delivery", "sieve", "lmtp", "mail", "base"},
}
# layers that may read the program's configuration
ABOVE = {"tools": ("options.h", "option_table.h", "sieve_options.h")}
# what is included -> the only files that may
DOORS = {
    r"boost/": set(),
    r"magic\.h": {"src/mail/media_type.cpp"},
    r"iconv\.h": {"src/mail/charset.cpp"},
    r"pcre2\.h": {"src/sieve/regex.cpp"},
    r"cdb\.h": {"src/delivery/users_cdb.cpp"},
    r"utf8proc\.h": {"src/sieve/unicode.cpp"},
    r"catch2/": {"tests/support/catch.h", "tests/support/main.cpp"},
}
NEVER = r"(iostream|regex|format)$"
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.M)


def sources(top):
    for part in ("src", "tests"):
        for directory, _, files in os.walk(os.path.join(top, part)):
            for name in files:
                if name.endswith((".cpp", ".h", ".def")):
                    yield os.path.relpath(os.path.join(directory, name), top)


def faults_of(path, text):
    parts = path.split(os.sep)
    layer = parts[1] if parts[0] == "src" and len(parts) > 2 else None
    layers = MAY_USE.get(layer) if layer else None
    if layer and layers is None:
        yield f"{path}: {layer} is no layer of src/README.md"
    for included in INCLUDE.findall(text):
        first = included.split("/")[0]
        if layers and (first in MAY_USE and first not in layers):
            yield f"{path}: {layer} must not include {included}"
        if layers and "/" not in included and included not in ABOVE.get(layer, ()) and os.path.exists(os.path.join("src", included)):
            yield f"{path}: {layer} must not include {included}: nobody includes what stands above the layers"
        if parts[0] == "src" and re.match(NEVER, included):
            yield f"{path}: <{included}> is too dear"
        for library, doors in DOORS.items():
            if re.match(library, included) and path not in doors:
                yield f"{path}: {included} has its door in {' and '.join(sorted(doors))}"
    if not path.endswith(".def") and not re.match(r"// SPDX-License-Identifier: MIT", text):
        yield f"{path}: does not begin with its SPDX line"


def main():
    os.chdir(sys.argv[1])
    paths = sorted(sources("."))
    faults = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            faults += faults_of(path, file.read())
    print("\n".join(faults))
    if not paths:
        faults.append("no source was found")
    print(f"{len(paths) - min(len(faults), len(paths))} passed, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
