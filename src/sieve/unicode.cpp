// SPDX-License-Identifier: MIT
#include "sieve/unicode.h"

#include "base/ascii.h"
#include "base/library.h"
#include "base/utf8.h"
#include "config.h"

#ifdef HAVE_UTF8PROC
#include <utf8proc.h>
#endif

namespace sieve {

#ifdef HAVE_UTF8PROC

namespace {

struct Utf8proc {
  base::Library library{SONAME_UTF8PROC};
  BASE_FUNCTION(library, utf8proc_decompose_char);
  BASE_FUNCTION(library, utf8proc_totitle);
};

const Utf8proc& loaded() {
  static const Utf8proc functions;
  return functions;
}

/// Appends the title case of a character, decomposed (compatibility mappings too, as RFC 5051 demands).
void append_folded(std::string& result, char32_t character) {
  constexpr int most = 32; // the longest decomposition in Unicode has 18 characters
  utf8proc_int32_t decomposed[most];
  int boundary = 0;
  const auto count = loaded().utf8proc_decompose_char(
      loaded().utf8proc_totitle(static_cast<utf8proc_int32_t>(character)), decomposed, most,
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT), &boundary);
  for (utf8proc_ssize_t i = 0; i < count && i < most; ++i) {
    base::append_utf8(result, static_cast<char32_t>(decomposed[i]));
  }
}

} // namespace

bool have_unicode() { return loaded().library.loaded(); }

std::string unicode_fold(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const base::CodePoint point = base::next_code_point(text);
    if (point.value < 0x80 || !point.valid) {
      result += base::to_upper(text.front());
    } else {
      append_folded(result, point.value);
    }
    text.remove_prefix(point.length);
  }
  return result;
}

#else

bool have_unicode() { return false; }
std::string unicode_fold(std::string_view text) { return base::upper(text); }

#endif

} // namespace sieve
