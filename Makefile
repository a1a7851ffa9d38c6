# SPDX-License-Identifier: MIT
# A short front to Meson, for people. Packagers call meson themselves: see README.md.

PREFIX ?= /usr/local
DESTDIR ?=
MESONFLAGS ?=
BUILD = build
SANITIZE = build-sanitize
FUZZ = build-fuzz
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

# The pictures of README.md, of what the programs write.
PICTURE = contrib/demo/picture
DEMO_MESSAGE = contrib/demo/messages/2-attachment.eml
pictures: all
	$(PICTURE) contrib/demo/demo.svg --shown "make demo" --to "3-mailing-list" -- \
	  contrib/demo/demo $(BUILD)/src/lastmile
	$(PICTURE) contrib/demo/trace.svg --shown "lastmile-sieve run --trace -t anne+orders@example.org demo.sieve 2-attachment.eml" \
	  -- $(BUILD)/src/tools/lastmile-sieve run --trace -t anne+orders@example.org contrib/sieve/demo.sieve $(DEMO_MESSAGE)

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

# Look for what breaks a parser: make fuzz TARGET=mime TIME=600 (seconds). Targets are the files of tests/fuzz.
TARGET = session
TIME = 60
fuzz: $(FUZZ)/build.ninja
	meson compile -C $(FUZZ) fuzz-$(TARGET)
	mkdir -p $(FUZZ)/corpus/$(TARGET)
	$(FUZZ)/tests/fuzz/fuzz-$(TARGET) -max_total_time=$(TIME) -timeout=20 -rss_limit_mb=1024 -print_final_stats=1 \
	  $(addprefix -dict=,$(wildcard tests/fuzz/dictionaries/$(TARGET).dict)) \
	  -artifact_prefix=$(FUZZ)/$(TARGET)- $(FUZZ)/corpus/$(TARGET) tests/fuzz/corpus/$(TARGET)

$(FUZZ)/build.ninja:
	CXX=clang++ meson setup $(FUZZ) --buildtype=debugoptimized -Dfuzz=true -Db_sanitize=address,undefined \
	  -Db_lundef=false -Dcpp_args=-g1 $(MESONFLAGS)

# Every fault in full, every system call, about two hours.
check-faults:
	@contrib/setup-debian --faults
	@$(MAKE) --no-print-directory all
	@tests/fault/run-all $(BUILD)

# Measure: ARGS are those of tests/bench/run.
bench: $(BUILD)/build.ninja
	meson compile -C $(BUILD) lastmile bench-floor bench-micro
	tests/bench/run $(BUILD)/src/lastmile $(BUILD)/tests/bench/bench-floor $(BUILD)/tests/bench/bench-micro $(ARGS)

setup:
	@contrib/setup-debian

install: all
	meson configure $(BUILD) -Dprefix=$(PREFIX)
	DESTDIR=$(DESTDIR) meson install -C $(BUILD)

# The Debian package, into build-deb/.
deb:
	contrib/build-deb build-deb

clean:
	rm -rf build-deb build-peers $(BUILD) $(SANITIZE) $(FUZZ) demo-root

format:
	clang-format -i $(SOURCES)

format-check:
	clang-format --dry-run --Werror $(SOURCES)

.PHONY: all demo pictures check test check-faults bench sanitize fuzz setup install deb clean format format-check
