// SPDX-License-Identifier: MIT
#include "sieve/regex.h"

#include "base/ascii.h"
#include "base/library.h"
#include "config.h"

#include <algorithm>
#include <limits>
#include <utility>

#ifdef HAVE_PCRE2
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#endif

namespace sieve {

#ifdef HAVE_PCRE2

namespace {

struct Pcre2 {
  base::Library library{SONAME_PCRE2_8};
  BASE_FUNCTION(library, pcre2_compile);
  BASE_FUNCTION(library, pcre2_code_free);
  BASE_FUNCTION(library, pcre2_get_error_message);
  BASE_FUNCTION(library, pcre2_match);
  BASE_FUNCTION(library, pcre2_match_context_create);
  BASE_FUNCTION(library, pcre2_match_context_free);
  BASE_FUNCTION(library, pcre2_match_data_create_from_pattern);
  BASE_FUNCTION(library, pcre2_match_data_free);
  BASE_FUNCTION(library, pcre2_get_ovector_pointer);
  BASE_FUNCTION(library, pcre2_pattern_info);
  BASE_FUNCTION(library, pcre2_set_callout);
  BASE_FUNCTION(library, pcre2_set_heap_limit);
  BASE_FUNCTION(library, pcre2_set_match_limit);
};

const Pcre2& loaded() {
  static const Pcre2 functions;
  return functions;
}

constexpr std::size_t longest_pattern = 16 * 1024;
constexpr std::uint32_t heap_kibibytes = 16 * 1024;

struct Free {
  void operator()(pcre2_code* code) const { loaded().pcre2_code_free(code); }
  void operator()(pcre2_match_data* data) const { loaded().pcre2_match_data_free(data); }
  void operator()(pcre2_match_context* context) const { loaded().pcre2_match_context_free(context); }
};
template <class T>
using Owner = std::unique_ptr<T, Free>;

std::string message_of(int code) {
  PCRE2_UCHAR text[256];
  if (loaded().pcre2_get_error_message(code, text, sizeof text) < 0) return "error " + std::to_string(code);
  return reinterpret_cast<const char*>(text);
}

std::uint32_t flags_of(Regex::Options options) {
  std::uint32_t flags = PCRE2_DOTALL | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT;
  if (options.ignore_case) flags |= PCRE2_CASELESS;
  flags |= options.unicode ? PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF : PCRE2_NEVER_UTF;
  return flags;
}

Owner<pcre2_code> compile_code(std::string_view pattern, Regex::Options options, std::string& error) {
  int number = 0;
  PCRE2_SIZE at = 0;
  Owner<pcre2_code> code(loaded().pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                                                flags_of(options), &number, &at, nullptr));
  if (!code) error = message_of(number) + " (at character " + std::to_string(at) + ")";
  return code;
}

/// The steps of one match: one for each item of the pattern that is tried, and one for each octet that the
/// items before it took. The library's own limit counts anew from each place where a match may begin.
struct Meter {
  std::uint64_t left;
  std::size_t position = 0;
};

int count_step(pcre2_callout_block* block, void* data) {
  auto& meter = *static_cast<Meter*>(data);
  const std::size_t at = block->current_position;
  const std::uint64_t steps = 1 + (at > meter.position ? at - meter.position : 0);
  meter.position = at;
  if (steps > meter.left) return PCRE2_ERROR_MATCHLIMIT;
  meter.left -= steps;
  return 0;
}

/// Where the bracket expression that begins at `start` ends, as POSIX reads it: a bracket that stands first,
/// or inside [: :], [. .], [= =], does not close it. npos: it has no end.
std::size_t bracket_end(std::string_view pattern, std::size_t start) {
  std::size_t at = start + 1;
  if (at < pattern.size() && pattern[at] == '^') ++at;
  if (at < pattern.size() && pattern[at] == ']') ++at;
  for (; at < pattern.size(); ++at) {
    if (pattern[at] == ']') return at;
    const char kind = at + 1 < pattern.size() ? pattern[at + 1] : '\0';
    if (pattern[at] != '[' || (kind != ':' && kind != '.' && kind != '=')) continue;
    const auto close = pattern.find(std::string{kind, ']'}, at + 2);
    if (close != std::string_view::npos) at = close + 1;
  }
  return std::string_view::npos;
}

/// The pattern with every backslash in brackets doubled, so that it is one of the characters.
std::string with_literal_backslashes(std::string_view pattern) {
  std::string result;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const auto end = pattern[at] == '[' ? bracket_end(pattern, at) : std::string_view::npos;
    if (end != std::string_view::npos) {
      for (; at < end; ++at) {
        if (pattern[at] == '\\') result += '\\';
        result += pattern[at];
      }
    } else if (pattern[at] == '\\' && at + 1 < pattern.size()) {
      result += pattern[at++];
    }
    result += pattern[at];
  }
  return result;
}

bool is_quantifier(std::string_view pattern, std::size_t at) {
  const char c = pattern[at];
  return c == '*' || c == '+' || c == '?' ||
         (c == '{' && at + 1 < pattern.size() && base::is_digit(pattern[at + 1]));
}

/// The pattern with what POSIX allows and PCRE2 does not said otherwise: `)` that closes nothing is a
/// character, and what is repeated may be repeated again.
std::string as_posix(std::string_view pattern) {
  constexpr unsigned most_added = 100; // groups; each costs a copy
  unsigned added = 0;
  std::string result;
  std::vector<std::size_t> open; // where groups begin in `result`
  std::size_t atom = 0;          // where the atom begins that a quantifier would repeat
  bool repeated = false;
  for (std::size_t at = 0, end = 0; at < pattern.size(); at = end) {
    end = at + 1; // of what belongs together here
    if (is_quantifier(pattern, at)) {
      if (pattern[at] == '{') end = std::min(pattern.find('}', at), pattern.size() - 1) + 1;
      if (std::exchange(repeated, true) && added++ < most_added) result.insert(atom, "(?:").append(")");
    } else {
      repeated = false;
      const bool closes = pattern[at] == ')' && !open.empty();
      atom = closes ? open.back() : result.size();
      if (closes) open.pop_back();
      if (pattern[at] == '(') open.push_back(atom);
      if (pattern[at] == ')' && !closes) result += '\\';
      if (pattern[at] == '\\') end = std::min(at + 2, pattern.size());
      if (pattern[at] == '[') end = std::min(bracket_end(pattern, at), pattern.size() - 1) + 1;
    }
    result += pattern.substr(at, end - at);
  }
  return result;
}

} // namespace

struct Regex::Code {
  Owner<pcre2_code> compiled;
};

bool have_regex() { return loaded().library.loaded(); }

std::optional<Regex> Regex::compile(const std::string& pattern, Options options, std::string& error) {
  if (pattern.size() > longest_pattern) {
    error = "the expression is too long";
    return std::nullopt;
  }
  auto code = compile_code(pattern, options, error);
  std::string ignored;
  if (!code) code = compile_code(with_literal_backslashes(pattern), options, ignored);
  if (!code) code = compile_code(as_posix(pattern), options, ignored);
  if (!code) return std::nullopt;
  error.clear();
  return Regex(std::make_shared<const Code>(Code{std::move(code)}));
}

Regex::Result Regex::match(std::string_view value, std::uint64_t& steps,
                           std::vector<std::string>& groups) const {
  const pcre2_code* code = code_->compiled.get();
  const Owner<pcre2_match_data> data(loaded().pcre2_match_data_create_from_pattern(code, nullptr));
  const Owner<pcre2_match_context> context(loaded().pcre2_match_context_create(nullptr));
  if (!data || !context) return Result::too_costly;
  Meter meter{steps};
  loaded().pcre2_set_callout(context.get(), count_step, &meter);
  loaded().pcre2_set_match_limit(context.get(), std::numeric_limits<std::uint32_t>::max());
  loaded().pcre2_set_heap_limit(context.get(), heap_kibibytes);
  const int count = loaded().pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(value.data()), value.size(), 0, 0,
                                         data.get(), context.get());
  steps = meter.left;
  if (count == PCRE2_ERROR_NOMATCH) return Result::no;
  if (count < 0) return Result::too_costly; // no other error is possible with whole, known patterns
  const PCRE2_SIZE* offsets = loaded().pcre2_get_ovector_pointer(data.get());
  groups.assign(this->groups() + 1, {});
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto from = offsets[2 * i];
    const auto to = offsets[2 * i + 1];
    if (from != PCRE2_UNSET && to != PCRE2_UNSET && from <= to) groups[i] = value.substr(from, to - from);
  }
  return Result::yes;
}

std::size_t Regex::groups() const {
  std::uint32_t count = 0;
  loaded().pcre2_pattern_info(code_->compiled.get(), PCRE2_INFO_CAPTURECOUNT, &count);
  return count;
}

#else

struct Regex::Code {};

bool have_regex() { return false; }

std::optional<Regex> Regex::compile(const std::string&, Options, std::string& error) {
  error = "this build has no regular expressions";
  return std::nullopt;
}

Regex::Result Regex::match(std::string_view, std::uint64_t&, std::vector<std::string>&) const {
  return Result::no;
}

std::size_t Regex::groups() const { return 0; }

#endif

std::string quote_regex(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view(".[]{}()*+?^$|\\").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

} // namespace sieve
