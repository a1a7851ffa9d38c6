// SPDX-License-Identifier: MIT
// The test that duplicate (RFC 7352) has and vnd.dovecot.duplicate had before.
#pragma once

#include "sieve/spec.h"

namespace sieve {

/// Takes the tags :handle, :header, :uniqueid (or :value), :seconds, :last.
std::unique_ptr<Test> compile_duplicate(Compiler& compiler, Arguments& arguments);

} // namespace sieve
