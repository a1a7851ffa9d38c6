// SPDX-License-Identifier: MIT
#include "mail/encoded_word.h"

#include "base/ascii.h"
#include "mail/charset.h"
#include "mail/transfer_encoding.h"

#include <algorithm>
#include <optional>

namespace mail {

namespace {

struct EncodedWord {
  std::string_view charset;
  char encoding; // 'b' or 'q'
  std::string_view text;
  std::size_t length; // of the whole
};

bool is_base64_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return base::is_alnum(c) || c == '+' || c == '/' || c == '='; });
}

// The word at the front of a text that begins with "=?". No search runs beyond the third '?' that follows, so
// the total work over many broken starts is linear.
std::optional<EncodedWord> parse_word(std::string_view text) {
  const auto second = text.find('?', 2);
  if (second == std::string_view::npos || second + 2 >= text.size() || text[second + 2] != '?')
    return std::nullopt;
  auto charset = text.substr(2, second - 2);
  charset = charset.substr(0, charset.find('*'));
  const char encoding = base::to_lower(text[second + 1]);
  const auto start = second + 3;
  const auto end = text.find('?', start);
  if (end == std::string_view::npos || end + 1 >= text.size() || text[end + 1] != '=') return std::nullopt;
  const EncodedWord word{charset, encoding, text.substr(start, end - start), end + 2};
  if (encoding == 'q' || (encoding == 'b' && is_base64_text(word.text))) return word;
  return std::nullopt;
}

void append_q(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '=' && i + 2 < text.size() && base::hex_value(text[i + 1]) >= 0 &&
        base::hex_value(text[i + 2]) >= 0) {
      out += static_cast<char>(base::hex_value(text[i + 1]) * 16 + base::hex_value(text[i + 2]));
      i += 2;
    } else {
      out += c == '_' ? ' ' : c;
    }
  }
}

// Collects the octets of adjacent words of one charset until something else comes.
class Decoder {
public:
  explicit Decoder(std::size_t size) { result_.reserve(size); }

  void word(const EncodedWord& word) {
    if (pending_.empty() || !base::equal_ignoring_case(charset_, word.charset)) flush();
    charset_ = word.charset;
    if (word.encoding == 'q')
      append_q(pending_, word.text);
    else
      pending_ += decode_base64(word.text);
  }

  void plain(std::string_view text) {
    flush();
    result_ += text;
  }

  std::string finish() {
    flush();
    return std::move(result_);
  }

private:
  void flush() {
    if (pending_.empty()) return;
    if (auto text = to_utf8(pending_, charset_)) result_ += *text;
    pending_.clear();
  }

  std::string result_, pending_;
  std::string_view charset_;
};

bool is_white(std::string_view text) { return std::all_of(text.begin(), text.end(), base::is_space); }

} // namespace

std::string decode_encoded_words(std::string_view text) {
  std::size_t at = text.find("=?");
  if (at == std::string_view::npos) return std::string(text);
  Decoder decoder(text.size());
  std::size_t done = 0;
  bool after_word = false;
  for (; at != std::string_view::npos; at = text.find("=?", at)) {
    const auto word = parse_word(text.substr(at));
    if (!word || !is_known_charset(word->charset)) {
      at += 1;
      continue;
    }
    const auto between = text.substr(done, at - done);
    if (!between.empty() && !(after_word && is_white(between))) decoder.plain(between);
    decoder.word(*word);
    after_word = true;
    at += word->length;
    done = at;
  }
  if (done < text.size()) decoder.plain(text.substr(done));
  return decoder.finish();
}

} // namespace mail
