// SPDX-License-Identifier: MIT
#include "mail/parameters.h"

#include "base/ascii.h"
#include "mail/charset.h"
#include "mail/encoded_word.h"
#include "mail/header.h"

#include <algorithm>
#include <tuple>

namespace mail {

namespace {

// One name=value as it stands in the field.
struct Segment {
  std::string name;      // lower case, without the suffixes of RFC 2231
  int section = -1;      // of name*N; -1 for none
  bool extended = false; // percent-encoded: name* or name*N*
  std::string value;     // without quotes
  std::size_t position = 0;
};

class Scanner {
public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ == text_.size(); }

  // Text up to one of `ends` or the end, comments removed, trimmed. A quoted string within counts by its
  // content.
  std::string take(std::string_view ends) {
    std::string result;
    std::size_t solid = 0; // what trimming must not take
    while (!at_end() && ends.find(text_[at_]) == std::string_view::npos) {
      const char c = text_[at_];
      if (c == '(') {
        skip_comment();
      } else if (c == '"') {
        take_quoted(result);
        solid = result.size();
      } else {
        ++at_;
        if (base::is_space(c) && result.empty()) continue;
        result += c;
        if (!base::is_space(c)) solid = result.size();
      }
    }
    result.resize(solid);
    return result;
  }

  bool skip(char wanted) {
    if (at_end() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

private:
  void skip_comment() {
    std::size_t depth = 0;
    for (; !at_end(); ++at_) {
      const char c = text_[at_];
      if (c == '\\' && at_ + 1 < text_.size())
        ++at_;
      else if (c == '(')
        ++depth;
      else if (c == ')' && --depth == 0)
        break;
    }
    if (!at_end()) ++at_;
  }

  void take_quoted(std::string& result) {
    for (++at_; !at_end() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      result += text_[at_];
    }
    if (!at_end()) ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// name, name*, name*0 and name*0* (RFC 2231 section 7); anything else is a plain name.
void split_name(Segment& segment) {
  std::string_view name = segment.name;
  if (name.size() > 1 && name.back() == '*') {
    segment.extended = true;
    name.remove_suffix(1);
  }
  const auto star = name.find('*');
  if (star != std::string_view::npos) {
    const auto number = base::parse_number(name.substr(star + 1));
    if (number && *number < 100000) {
      segment.section = static_cast<int>(*number);
      name = name.substr(0, star);
    }
  }
  segment.name.resize(name.size());
}

std::vector<Segment> read_segments(Scanner& scanner, std::size_t limit) {
  std::vector<Segment> segments;
  while (scanner.skip(';') && segments.size() < limit) {
    Segment segment;
    segment.name = base::lower(scanner.take("=;"));
    if (!scanner.skip('=')) continue;
    segment.value = scanner.take(";");
    if (segment.name.empty()) continue;
    split_name(segment);
    segment.position = segments.size();
    segments.push_back(std::move(segment));
  }
  return segments;
}

std::string percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded = text[i] == '%' && i + 2 < text.size() && base::hex_value(text[i + 1]) >= 0 &&
                       base::hex_value(text[i + 2]) >= 0;
    if (!coded) {
      result += text[i];
      continue;
    }
    result += static_cast<char>(base::hex_value(text[i + 1]) * 16 + base::hex_value(text[i + 2]));
    i += 2;
  }
  return result;
}

// charset'language'text: the charset, which is cut from the text together with the language.
std::string_view take_charset(std::string_view& text) {
  const auto first = text.find('\'');
  const auto second = first == std::string_view::npos ? first : text.find('\'', first + 1);
  if (second == std::string_view::npos) return {};
  const auto charset = text.substr(0, first);
  text.remove_prefix(second + 1);
  return charset;
}

using Run = std::vector<Segment>::const_iterator;

// The value of one name from its sorted segments: the extended form before continuations before the plain
// one, as RFC 6266 section 4.3 advises, since a plain one beside them is for readers who know no better.
std::string joined_value(Run begin, Run end) {
  const auto alone = std::find_if(begin, end, [](const Segment& s) { return s.section < 0 && s.extended; });
  const auto zero = std::find_if(begin, end, [](const Segment& s) { return s.section == 0; });
  if (alone == end && zero == end) {
    const std::string& plain = begin->value;
    return begin->name == "boundary" ? plain : decode_encoded_words(plain);
  }
  std::string octets;
  std::string_view charset;
  int expected = alone == end ? 0 : -1;
  for (auto segment = alone == end ? zero : alone; segment != end; ++segment) {
    if (segment->section < expected) continue; // said twice: the first counts
    if (segment->section > expected) break;
    std::string_view text = segment->value;
    if (segment->extended && expected <= 0) charset = take_charset(text);
    octets += segment->extended ? percent_decoded(text) : std::string(text);
    if (expected++ < 0) break;
  }
  if (charset.empty()) return octets;
  auto converted = to_utf8(octets, charset);
  return converted ? std::move(*converted) : octets;
}

bool is_readable(Run begin, Run end) {
  return std::any_of(begin, end, [](const Segment& s) { return s.section <= 0; });
}

Parameters joined(std::vector<Segment> segments) {
  std::stable_sort(segments.begin(), segments.end(), [](const Segment& a, const Segment& b) {
    return std::tie(a.name, a.section) < std::tie(b.name, b.section);
  });
  std::vector<std::pair<std::size_t, Parameters::value_type>> found;
  for (auto begin = segments.cbegin(); begin != segments.cend();) {
    const auto end =
        std::find_if(begin, segments.cend(), [&](const Segment& s) { return s.name != begin->name; });
    std::size_t position = begin->position;
    for (auto segment = begin; segment != end; ++segment) position = std::min(position, segment->position);
    if (is_readable(begin, end)) found.push_back({position, {begin->name, joined_value(begin, end)}});
    begin = end;
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  Parameters result;
  for (auto& [position, parameter] : found) result.push_back(std::move(parameter));
  return result;
}

} // namespace

ParameterizedValue parse_parameters(std::string_view field_value, std::size_t limit) {
  const std::string text = unfold(field_value);
  Scanner scanner(text);
  ParameterizedValue result;
  result.value = scanner.take(";");
  result.parameters = joined(read_segments(scanner, limit));
  return result;
}

const std::string* find_parameter(const Parameters& parameters, std::string_view name) {
  const auto found = std::find_if(parameters.begin(), parameters.end(), [&](const auto& parameter) {
    return base::equal_ignoring_case(parameter.first, name);
  });
  return found == parameters.end() ? nullptr : &found->second;
}

} // namespace mail
