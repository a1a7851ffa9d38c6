// SPDX-License-Identifier: MIT
// virustest (RFC 5235 section 3.3): complete. A message is "not tested" until the administrator names the
// field of the scanner, with the settings below or a preset.
#include "sieve/scan_test.h"

namespace sieve {

namespace {

constexpr ScanScale scale = {"sieve_virustest_", 5};

std::unique_ptr<Test> compile_virustest(Compiler& compiler, Arguments& arguments) {
  return compile_scan_test(compiler, arguments, scale);
}

constexpr Type one_string[] = {Type::string};
constexpr TestSpec tests[] = {{.name = "virustest",
                               .positionals = one_string,
                               .groups = matching_groups,
                               .compile = compile_virustest}};

constexpr SettingSpec settings[] = {
    {"sieve_virustest_status_header", "", "field of the scanner: `Field', or `Field: regex' with one group"},
    {"sieve_virustest_status_type", "score", "what the field has: score, strlen (its length counts) or text"},
    {"sieve_virustest_score_max_value", "", "the score that is certainly a virus"},
    {"sieve_virustest_score_max_header", "", "or the field that has it, like the status header"},
    {"sieve_virustest_text_value/N", "", "the text that stands for N, 0 to 5"},
    {"sieve_virustest_preset", "none", "without a status header: x-virus-status"},
};

} // namespace

extern const Extension virustest_extension;
constinit const Extension virustest_extension = {
    .name = "virustest", .rfc = "5235", .tests = tests, .settings = settings};

} // namespace sieve
