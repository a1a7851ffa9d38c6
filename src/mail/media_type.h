// SPDX-License-Identifier: MIT
// The door to libmagic: what octets are, whatever their label says. Loaded at the first question only.
#pragma once

#include <string>
#include <string_view>

namespace mail {

struct DetectedType {
  std::string media_type;  // "application/pdf"; application/octet-stream when unknown or libmagic failed
  std::string description; // "PDF document, version 1.4"
  std::string extensions;  // "pdf" or "jpg/jpeg"; empty when none is usual
  std::string error;       // why detection failed, for the log; empty otherwise
};

/// Looks at no more than the first megabyte of `octets` (already transfer-decoded). Does not throw. Without
/// libmagic at build time the answer is application/octet-stream with an error that says so.
DetectedType detect_type(std::string_view octets);

} // namespace mail
