// SPDX-License-Identifier: MIT
// spamtest and spamtestplus (RFC 5235 section 3.2): complete. spamtestplus adds :percent. A message is "not
// tested" until the administrator names the field of the scanner, with the settings below or a preset.
#include "sieve/scan_test.h"

namespace sieve {

namespace {

constexpr ScanScale scale = {"sieve_spamtest_", 10};

std::unique_ptr<Test> compile_spamtest(Compiler& compiler, Arguments& arguments) {
  return compile_scan_test(compiler, arguments, scale);
}

constexpr Type one_string[] = {Type::string};
constexpr TestSpec tests[] = {
    {.name = "spamtest", .positionals = one_string, .groups = matching_groups, .compile = compile_spamtest}};
constexpr TagSpec plus_tags[] = {{.name = "percent", .commands = "spamtest"}};

constexpr SettingSpec settings[] = {
    {"sieve_spamtest_status_header", "", "field of the scanner: `Field', or `Field: regex' with one group"},
    {"sieve_spamtest_status_type", "score", "what the field has: score, strlen (its length counts) or text"},
    {"sieve_spamtest_score_max_value", "", "the score that is certainly spam"},
    {"sieve_spamtest_score_max_header", "", "or the field that has it, like the status header"},
    {"sieve_spamtest_text_value/N", "", "the text that stands for N, 0 to 10"},
    {"sieve_spamtest_preset", "none", "without a status header: x-spam-status, x-spamd-result, x-spam-level"},
};

} // namespace

extern const Extension spamtest_extension, spamtestplus_extension;
constinit const Extension spamtest_extension = {
    .name = "spamtest", .rfc = "5235", .tests = tests, .settings = settings};
constinit const Extension spamtestplus_extension = {
    .name = "spamtestplus", .rfc = "5235", .tests = tests, .tags = plus_tags, .settings = settings};

} // namespace sieve
