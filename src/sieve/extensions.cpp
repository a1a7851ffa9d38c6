// SPDX-License-Identifier: MIT
// The table of extensions. An explicit list: objects that register themselves would be dropped by the linker.
#include "sieve/spec.h"

#include <algorithm>

namespace sieve {

#define EXTENSION(x) extern const Extension x##_extension;
#include "sieve/extensions.def"
#undef EXTENSION

namespace {

constinit const Extension* const table[] = {
#define EXTENSION(x) &x##_extension,
#include "sieve/extensions.def"
#undef EXTENSION
};

} // namespace

std::span<const Extension* const> all_extensions() { return table; }

const Extension* find_extension(std::string_view name) {
  const auto found = std::find_if(std::begin(table), std::end(table),
                                  [&](const Extension* extension) { return extension->name == name; });
  return found == std::end(table) ? nullptr : *found;
}

} // namespace sieve
