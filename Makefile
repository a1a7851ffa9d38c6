# SPDX-License-Identifier: MIT
# A short front to Meson, for people. Packagers call meson themselves: see README.md.

PREFIX ?= /usr/local
DESTDIR ?=
MESONFLAGS ?=
BUILD = build
SANITIZE = build-sanitize
SOURCES = $(shell git ls-files '*.cpp' '*.h' 2>/dev/null || find src tests -name '*.cpp' -o -name '*.h')

all: $(BUILD)/build.ninja
	@meson compile -C $(BUILD)

$(BUILD)/build.ninja:
	meson setup $(BUILD) --prefix=$(PREFIX) $(MESONFLAGS)

$(SANITIZE)/build.ninja:
	meson setup $(SANITIZE) --buildtype=debug -Dcpp_args=-g1 -Db_sanitize=address,undefined -Db_lundef=false \
	  $(MESONFLAGS)

# Deliver a few messages into ./demo-root and show what happened.
demo: setup
	@$(MAKE) --no-print-directory all
	@contrib/demo/demo $(BUILD)/src/lastmile

# Everything: install what is missing, build, run every test, the sanitizer build too.
check:
	@contrib/setup-debian --tests
	@$(MAKE) --no-print-directory $(BUILD)/build.ninja $(SANITIZE)/build.ninja
	@tests/run-all $(BUILD) $(SANITIZE)

# The tests of the plain build alone, with what is installed.
test: $(BUILD)/build.ninja
	@tests/run-all $(BUILD)

sanitize: $(SANITIZE)/build.ninja
	@tests/run-all $(SANITIZE)

setup:
	@contrib/setup-debian

install: all
	meson configure $(BUILD) -Dprefix=$(PREFIX)
	DESTDIR=$(DESTDIR) meson install -C $(BUILD)

clean:
	rm -rf $(BUILD) $(SANITIZE) demo-root

format:
	clang-format -i $(SOURCES)

format-check:
	clang-format --dry-run --Werror $(SOURCES)

.PHONY: all demo check test sanitize setup install clean format format-check
