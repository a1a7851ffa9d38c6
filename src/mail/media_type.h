// SPDX-License-Identifier: MIT
// The door to libmagic: what octets are, whatever their label says. Loaded at the first question only.
#pragma once

#include <string>
#include <string_view>

namespace mail {

enum class Aspect { media_type, description, extensions };

struct Detected {
  std::string text;
  std::string error; // why detection failed, for the log; empty otherwise
};

/// media_type: "application/pdf", and application/octet-stream when unknown or libmagic failed. description:
/// "PDF document, version 1.4". extensions: "pdf" or "jpg/jpeg", empty when none is usual. Each is asked for
/// by itself, since libmagic looks at everything anew. It sees no more than the first megabyte of `octets`
/// (already transfer-decoded). Does not throw. Without libmagic at build time an error says so.
Detected detect(std::string_view octets, Aspect aspect);

} // namespace mail
