// SPDX-License-Identifier: MIT
// The test language: the commands and tests that `require "vnd.dovecot.testsuite"` adds to Sieve.
#pragma once

#include "sieve/spec.h"

namespace sieve::testsuite {

/// To be put into CompileOptions::extra.
const Extension& test_language();

// Its rooms.
extern const Extension block_language;    // test, test_fail
extern const Extension message_language;  // test_set, test_message, test_message_print
extern const Extension script_language;   // test_script_compile, _run, test_multiscript, test_binary_*
extern const Extension result_language;   // test_error, test_result_*
extern const Extension mailbox_language;  // test_mailbox_*, test_imap_metadata_set
extern const Extension settings_language; // test_config_*

} // namespace sieve::testsuite
