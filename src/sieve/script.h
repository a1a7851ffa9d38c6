// SPDX-License-Identifier: MIT
// A compiled script: immutable, and to be run any number of times.
#pragma once

#include "sieve/node.h"
#include "sieve/syntax.h"

#include <set>
#include <string>

namespace sieve {

struct Extension;

class Script {
public:
  Script() = default;
  Script(const Script&) = delete;
  Script& operator=(const Script&) = delete;

  std::string name; // for messages
  std::string source;
  Texts texts; // the nodes have views of these and of the source
  Block commands;
  std::set<const Extension*> active; // what it required, implied extensions included

  bool uses(const Extension& extension) const { return active.contains(&extension); }
};

} // namespace sieve
