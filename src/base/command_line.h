// SPDX-License-Identifier: MIT
// Arguments of a program or of its subcommand, sorted into options and operands.
#pragma once

#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace base {

struct OptionSpec {
  std::string_view name;           // without the dashes; "abc_*" stands for all that begin with abc_
  char letter = 0;                 // its short form, 0: none
  std::string_view parameter = {}; // what it takes, for the help; empty: nothing
  std::string_view help = {};      // one line
};

/// What was wrong with the arguments, for the one who gave them: exit status 64.
class UsageError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

class UnknownOption : public UsageError {
public:
  explicit UnknownOption(const std::string& shown) : UsageError("unknown option " + shown), option(shown) {}
  std::string option; // as it was written, with its dashes
};

class CommandLine {
public:
  /// Options and operands may be mixed; what follows "--" is operands, and "-" alone is one. Throws
  /// UsageError.
  CommandLine(std::span<const OptionSpec> specs, std::span<const char* const> arguments);

  bool has(std::string_view option) const { return value(option).has_value(); }
  /// The last one given; "" for an option without parameter.
  std::optional<std::string> value(std::string_view option) const;
  /// Name and value of each option, in the order given.
  const std::vector<std::pair<std::string, std::string>>& given() const { return given_; }
  const std::vector<std::string>& operands() const { return operands_; }

private:
  void long_option(std::string_view text);
  void short_options(std::string_view letters);
  void add(const OptionSpec& spec, std::string_view name, const std::string& shown,
           std::optional<std::string_view> attached);

  std::span<const OptionSpec> specs_;
  std::span<const char* const> rest_;
  std::vector<std::pair<std::string, std::string>> given_;
  std::vector<std::string> operands_;
};

} // namespace base
