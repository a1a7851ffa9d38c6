// SPDX-License-Identifier: MIT
#include "sieve/modifiers.h"

#include "sieve/compiler.h"
#include "sieve/execution.h"

#include <algorithm>

namespace sieve {

std::optional<Modifiers> bind_modifiers(Compiler& compiler, const Arguments& arguments) {
  Modifiers found;
  for (const TagUse& tag : arguments.tags()) {
    if (tag.spec->modify == nullptr) continue;
    const auto clash = std::find_if(found.begin(), found.end(), [&](const TagSpec* other) {
      return other->precedence == tag.spec->precedence;
    });
    if (clash != found.end()) {
      compiler.error(tag.position, "modifier :" + std::string(tag.spec->name) +
                                       " cannot stand together with :" + std::string((*clash)->name));
      return std::nullopt;
    }
    found.push_back(tag.spec);
  }
  std::sort(found.begin(), found.end(),
            [](const TagSpec* a, const TagSpec* b) { return a->precedence > b->precedence; });
  return found;
}

std::string modified(Execution& execution, const Modifiers& modifiers, std::string value) {
  for (const TagSpec* modifier : modifiers) {
    value = modifier->modify(value, execution.limits().variable_size);
  }
  return value;
}

} // namespace sieve
