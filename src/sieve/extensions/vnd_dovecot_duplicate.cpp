// SPDX-License-Identifier: MIT
// vnd.dovecot.duplicate: complete, for scripts that are older than duplicate. The same test; :uniqueid was
// called :value.
#include "sieve/duplicate_test.h"

namespace sieve {

namespace {

constexpr TagSpec tags[] = {{.name = "handle", .parameter = Type::string},
                            {.name = "header", .parameter = Type::string},
                            {.name = "value", .parameter = Type::string, .excludes = "header"},
                            {.name = "seconds", .parameter = Type::number},
                            {.name = "last"}};
constexpr TestSpec tests[] = {{.name = "duplicate", .tags = tags, .compile = compile_duplicate}};

} // namespace

extern const Extension vnd_dovecot_duplicate_extension;
constinit const Extension vnd_dovecot_duplicate_extension = {
    .name = "vnd.dovecot.duplicate", .rfc = "vendor", .tests = tests};

} // namespace sieve
