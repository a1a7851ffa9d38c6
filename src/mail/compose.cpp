// SPDX-License-Identifier: MIT
#include "mail/compose.h"

#include "base/ascii.h"
#include "base/utf8.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <sys/random.h>
#include <system_error>
#include <unistd.h>

namespace mail {

namespace {

constexpr std::size_t good_line = 78, longest_line = 998; // RFC 5322 section 2.1.1

std::uint64_t random_number() {
  std::uint64_t number = 0;
  while (getrandom(&number, sizeof number, 0) != static_cast<ssize_t>(sizeof number)) {
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "getrandom");
  }
  return number;
}

std::string base36(std::uint64_t number) {
  std::string digits;
  for (; digits.empty() || number > 0; number /= 36)
    digits += "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36];
  std::reverse(digits.begin(), digits.end());
  return digits;
}

// A field under construction: text is added in pieces between which a line may end.
class Folder {
public:
  Folder(std::string text, std::string_view line_end)
      : result_(std::move(text)), line_end_(line_end), column_(result_.size()) {}

  // A word with the blanks before it.
  void add(std::string_view piece, bool may_fold) {
    if (may_fold && column_ + piece.size() > good_line) end_line();
    while (column_ + piece.size() > longest_line) {
      const auto room = longest_line - column_;
      auto head = base::truncate_utf8(piece, room);
      if (head.empty() && column_ <= 1) head = piece.substr(0, room); // no UTF-8 at all
      put(head);
      piece.remove_prefix(head.size());
      end_line();
      put(" ");
    }
    put(piece);
  }

  std::string finish() { return std::move(result_); }

private:
  void end_line() {
    result_ += line_end_;
    column_ = 0;
  }
  void put(std::string_view text) {
    result_ += text;
    column_ += text.size();
  }

  std::string result_;
  std::string_view line_end_;
  std::size_t column_;
};

} // namespace

std::string fold_field(std::string_view name, std::string_view value, std::string_view line_end) {
  std::string text(value);
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
  Folder folder(std::string(name) + ":", line_end);
  std::string_view rest = text;
  bool first = true;
  folder.add(" ", false);
  while (!rest.empty()) {
    // Blanks at the end stay on the last line: a line of blanks alone would be none (RFC 5322 section 3.2.2).
    const auto word = std::min(rest.find_first_not_of(" \t"), rest.size());
    const auto end = word == rest.size() ? word : std::min(rest.find_first_of(" \t", word), rest.size());
    folder.add(rest.substr(0, end), !first && word > 0 && word < rest.size());
    rest.remove_prefix(end);
    first = false;
  }
  return folder.finish();
}

std::string make_message_id(std::string_view host) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(now).count();
  std::string id = "<";
  id += base36(static_cast<std::uint64_t>(microseconds)) + '.';
  id += base36(static_cast<std::uint64_t>(getpid())) + '.';
  return id.append(base36(random_number())).append("@").append(host).append(">");
}

std::string make_boundary(std::string_view text) {
  for (;;) {
    // "=_" occurs in no quoted-printable or base64 body.
    auto boundary = "=_" + base36(random_number()) + base36(random_number());
    if (text.find(boundary) == std::string_view::npos) return boundary;
  }
}

} // namespace mail
