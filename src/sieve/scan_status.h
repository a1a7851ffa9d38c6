// SPDX-License-Identifier: MIT
// What a scanner for spam or viruses left in the header of a message, on the scale of RFC 5235. Which field,
// and how to read it, is set by the administrator: the scanner must be one that removes forged fields.
#pragma once

#include "sieve/error.h"

#include <optional>
#include <string_view>

namespace sieve {

class Execution;

/// One of the two scales, with the names of its settings.
struct ScanScale {
  std::string_view prefix; // "sieve_spamtest_"
  unsigned top;            // 10: certainly spam; 5: certainly a virus
};

struct ScanStatus {
  unsigned value = 0;   // 1 to the scale's top
  unsigned percent = 0; // the same from 0 to 100
};

/// Nothing if the message was not tested, or nobody can tell. Settings that make no sense are logged at
/// `position`.
std::optional<ScanStatus> scan_status(Execution& execution, const ScanScale& scale, Position position);

} // namespace sieve
