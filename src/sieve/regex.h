// SPDX-License-Identifier: MIT
// Regular expressions: POSIX extended ones as people write them in scripts. The door to PCRE2, which bounds
// what a match may cost; without the library there are none.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sieve {

/// Was the library there when this was built?
bool have_regex();

class Regex {
public:
  struct Options {
    bool ignore_case = false;
    bool unicode = false; // characters are code points; case and classes as Unicode has them
  };
  enum class Result { no, yes, too_costly };

  /// Nothing if the pattern is none; `error` then says why. What POSIX and PCRE2 read differently: `.`
  /// matches a line end, `$` only the very end, and a backslash in brackets that makes no sense as an escape
  /// is one of the characters. What PCRE2 refuses is read as POSIX would, if it can be: `a)`, `a**`.
  static std::optional<Regex> compile(const std::string& pattern, Options options, std::string& error);

  /// Of the leftmost match: the whole, then every group, empty if it took no part. `steps` bounds the work;
  /// what was not needed of it is left there.
  Result match(std::string_view value, std::uint64_t& steps, std::vector<std::string>& groups) const;
  /// Groups in parentheses.
  std::size_t groups() const;

private:
  struct Code;
  explicit Regex(std::shared_ptr<const Code> code) : code_(std::move(code)) {}
  std::shared_ptr<const Code> code_;
};

/// With a backslash before every character that means something else to a pattern.
std::string quote_regex(std::string_view text);

} // namespace sieve
