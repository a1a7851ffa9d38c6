// SPDX-License-Identifier: MIT
// LMTP dialogues as data: the format is described in dialogues/README.md.
#pragma once

#include <string>
#include <utility>
#include <vector>

struct Step {
  enum class Kind { send, expect, close, status, message };
  Kind kind;
  std::string text; // octets to send, a reply line to expect, the content of a message
  int number;       // line of the file
};

struct Dialogue {
  std::vector<std::pair<std::string, std::string>> options;
  std::vector<Step> steps;
};

/// Throws std::runtime_error with file and line for what it cannot read.
Dialogue read_dialogue(const std::string& file);
/// A line that ends in "..." expects only that beginning.
bool matches(const std::string& expected, const std::string& line);
