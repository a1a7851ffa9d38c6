// SPDX-License-Identifier: MIT
// Does an attachment contradict its label? Types are judged by family, since mailers, systems and libmagic
// call the same thing by many names: only what can be none of the kinds that a label stands for is a lie.
#pragma once

#include "mail/part.h"

#include <string_view>

namespace sieve {

/// What a label says; empty where there is none.
struct Label {
  std::string_view media_type; // lower case
  std::string_view file_name;
};

/// `type` is what libmagic makes of `octets`. False where either side says nothing definite.
bool is_disguised(const Label& label, std::string_view type, std::string_view octets);

} // namespace sieve
