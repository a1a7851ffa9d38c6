// SPDX-License-Identifier: MIT
#include "mail/transfer_encoding.h"

#include "base/ascii.h"

#include <array>
#include <cstdint>

namespace mail {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// The six bits of a digit, negative for any other octet, so that one test of the sign judges four at once.
constexpr std::array<std::int32_t, 256> digits = [] {
  std::array<std::int32_t, 256> table{};
  table.fill(-1);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int32_t>(i);
  }
  return table;
}();

std::int32_t digit(char c) { return digits[static_cast<unsigned char>(c)]; }

void put(char*& out, std::int32_t bits, int shift) { *out++ = static_cast<char>(bits >> shift & 0xff); }

// Whole groups without anything between them: the inside of a line.
void decode_groups(const char*& in, const char* end, char*& out) {
  for (; end - in >= 4; in += 4) {
    const std::int32_t a = digit(in[0]), b = digit(in[1]), c = digit(in[2]), d = digit(in[3]);
    if ((a | b | c | d) < 0) return;
    const std::int32_t bits = a << 18 | b << 12 | c << 6 | d;
    put(out, bits, 16);
    put(out, bits, 8);
    put(out, bits, 0);
  }
}

// One group with whatever stands between its digits; false at the end of the data.
bool decode_group(const char*& in, const char* end, char*& out) {
  std::int32_t bits = 0;
  int count = 0;
  while (in < end && count < 4 && *in != '=') {
    const std::int32_t value = digit(*in++);
    if (value < 0) continue;
    bits = bits << 6 | value;
    ++count;
  }
  bits <<= 6 * (4 - count);
  for (int i = 0; i + 1 < count; ++i) put(out, bits, 16 - 8 * i);
  return count == 4;
}

std::string_view next_line(std::string_view& text) {
  const auto lf = text.find('\n');
  const auto line = text.substr(0, lf == std::string_view::npos ? lf : lf + 1);
  text.remove_prefix(line.size());
  return line;
}

// The inside of a quoted-printable line, up to a soft break that stood at its end.
void append_quoted(std::string& out, std::string_view line) {
  for (;;) {
    const auto mark = line.find('=');
    out.append(line.substr(0, mark));
    if (mark == std::string_view::npos) return;
    line.remove_prefix(mark);
    const int high = line.size() > 2 ? base::hex_value(line[1]) : -1;
    const int low = line.size() > 2 ? base::hex_value(line[2]) : -1;
    if (high >= 0 && low >= 0) {
      out += static_cast<char>(high * 16 + low);
      line.remove_prefix(3);
    } else {
      out += '=';
      line.remove_prefix(1);
    }
  }
}

std::string_view text_of_line(std::string_view line) {
  while (!line.empty() && base::is_space(line.back())) line.remove_suffix(1);
  return line;
}

unsigned uu_value(std::string_view line, std::size_t at) {
  return at < line.size() ? (static_cast<unsigned char>(line[at]) - 32U) & 63U : 0U;
}

void append_uu_line(std::string& out, std::string_view line) {
  std::size_t length = uu_value(line, 0);
  for (std::size_t at = 1; length > 0 && at < line.size(); at += 4) {
    const unsigned bits = uu_value(line, at) << 18 | uu_value(line, at + 1) << 12 |
                          uu_value(line, at + 2) << 6 | uu_value(line, at + 3);
    for (int shift = 16; shift >= 0 && length > 0; shift -= 8, --length)
      out += static_cast<char>(bits >> shift & 255);
  }
}

} // namespace

std::string decode_base64(std::string_view text) {
  std::string result(text.size() / 4 * 3 + 3, '\0');
  char* out = result.data();
  const char* in = text.data();
  const char* const end = in + text.size();
  do decode_groups(in, end, out);
  while (decode_group(in, end, out));
  result.resize(static_cast<std::size_t>(out - result.data()));
  return result;
}

std::string decode_quoted_printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const auto line = next_line(text);
    const auto content = text_of_line(line);
    if (!content.empty() && content.back() == '=') {
      append_quoted(result, content.substr(0, content.size() - 1));
      continue;
    }
    append_quoted(result, content);
    if (line.back() != '\n') continue;
    result.append(line.size() > 1 && line[line.size() - 2] == '\r' ? "\r\n" : "\n");
  }
  return result;
}

std::string decode_uuencode(std::string_view text) {
  std::string result;
  bool inside = false;
  for (std::string_view rest = text; !rest.empty();) {
    auto line = next_line(rest);
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
    if (!inside) {
      inside = line.size() > 9 && line.starts_with("begin ") && base::is_digit(line[6]);
    } else if (line == "end") {
      return result;
    } else if (!line.empty()) {
      append_uu_line(result, line);
    }
  }
  return inside ? result : std::string(text);
}

bool is_identity_encoding(std::string_view encoding) {
  return encoding.empty() || encoding == "7bit" || encoding == "8bit" || encoding == "binary";
}

std::optional<std::string> decode_transfer(std::string_view text, std::string_view encoding) {
  if (is_identity_encoding(encoding)) return std::string(text);
  if (encoding == "base64") return decode_base64(text);
  if (encoding == "quoted-printable") return decode_quoted_printable(text);
  if (encoding == "x-uuencode" || encoding == "x-uue" || encoding == "uuencode") return decode_uuencode(text);
  return std::nullopt;
}

} // namespace mail
