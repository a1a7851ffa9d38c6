// SPDX-License-Identifier: MIT
// Arguments of a subcommand, sorted into options and operands.
#pragma once

#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tools {

struct OptionSpec {
  std::string_view name;           // without the dashes
  char letter = 0;                 // its short form, 0: none
  std::string_view parameter = {}; // what it takes, for the help; empty: nothing
  std::string_view help = {};      // one line
};

/// What was wrong with the arguments, for the one who gave them: exit status 64.
class UsageError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

class CommandLine {
public:
  /// Options and operands may be mixed; what follows "--" is operands, and "-" alone is one. Throws
  /// UsageError.
  CommandLine(std::span<const OptionSpec> specs, std::span<char* const> arguments);

  bool has(std::string_view option) const { return value(option).has_value(); }
  /// The last one given; "" for an option without parameter.
  std::optional<std::string> value(std::string_view option) const;
  const std::vector<std::string>& operands() const { return operands_; }

private:
  void long_option(std::string_view text);
  void short_options(std::string_view letters);
  void add(const OptionSpec& spec, const std::string& shown, std::optional<std::string_view> attached);

  std::span<const OptionSpec> specs_;
  std::span<char* const> rest_;
  std::vector<std::pair<std::string_view, std::string>> given_;
  std::vector<std::string> operands_;
};

} // namespace tools
