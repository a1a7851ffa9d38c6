// SPDX-License-Identifier: MIT
// The names that test_config_set may give.
#pragma once

#include <string_view>

namespace sieve::testsuite {

/// Is it a setting of the engine, of an extension or of the test's world? Names without "sieve_" belong to
/// the rest of a mail system: nothing is known of them, so that nothing is wrong with them either.
bool is_known_setting(std::string_view name);

} // namespace sieve::testsuite
