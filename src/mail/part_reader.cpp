// SPDX-License-Identifier: MIT
// Reads the structure of a message in one pass. The cursor only moves forward: every line is looked at once,
// whatever the nesting, and compared with the delimiters of all multiparts that are open (RFC 2046
// section 5.1.2: an inner part ends with its outer one's delimiter too). A delimiter that belongs to an outer
// multipart is kept in `found_` and handed up, level by level, until its owner takes it.
#include "mail/part.h"

#include "base/ascii.h"
#include "mail/transfer_encoding.h"

#include <algorithm>

namespace mail {

namespace {

struct Delimiter {
  std::size_t level = 0; // 1 + index among the open boundaries; 0: the end of the octets
  bool closing = false;
  std::size_t content_end = 0; // where the text before it ends: the line end before it is its own
};

bool is_media_token(std::string_view text) {
  constexpr std::string_view specials = "()<>@,;:\\\"/[]?=";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return c > ' ' && c < 0x7f && specials.find(c) == std::string_view::npos;
  });
}

// RFC 2045 sections 5 and 6.1; what is no type leaves the default of section 5.2.
void read_content_fields(Part& part, bool in_digest) {
  part.type = "text";
  part.subtype = "plain";
  part.encoding = "7bit";
  if (const Field* const field = find_field(part.fields, "Content-Transfer-Encoding")) {
    const auto encoding = base::lower(parse_parameters(field->value, 0).value);
    if (!encoding.empty()) part.encoding = encoding;
  }
  const Field* const field = find_field(part.fields, "Content-Type");
  if (!field) {
    if (in_digest) {
      part.type = "message";
      part.subtype = "rfc822";
    }
    return;
  }
  auto content = parse_parameters(field->value);
  const auto slash = std::min(content.value.find('/'), content.value.size());
  const auto type = base::trim(std::string_view(content.value).substr(0, slash));
  const auto subtype =
      base::trim(std::string_view(content.value).substr(std::min(slash + 1, content.value.size())));
  if (!is_media_token(type) || !is_media_token(subtype)) return;
  part.type = base::lower(type);
  part.subtype = base::lower(subtype);
  part.parameters = std::move(content.parameters);
}

bool holds_message(const Part& part) {
  return part.has_body && part.type == "message" && (part.subtype == "rfc822" || part.subtype == "global") &&
         is_identity_encoding(part.encoding);
}

std::string_view boundary_of(const Part& part) {
  const auto* const boundary = find_parameter(part.parameters, "boundary");
  if (!part.is_multipart() || !boundary) return {};
  std::string_view text = *boundary;
  while (!text.empty() && base::is_space(text.back())) text.remove_suffix(1);
  return text;
}

class Reader {
public:
  Reader(std::string_view octets, const PartLimits& limits)
      : octets_(octets), limits_(limits), fields_left_(limits.fields * 10) {}

  // A part that begins at the cursor; the cursor is left behind the delimiter that ended it, which is in
  // found_.
  std::unique_ptr<Part> read(const Part* parent, std::size_t depth);
  // The same for one whose fields are cut and whose body begins at the cursor.
  void read_body(Part& part, std::size_t depth);
  void set_fields(Part& part, std::vector<Field> fields);
  void count_part() { ++parts_; }

private:
  void read_children(Part& part, std::size_t depth);
  bool read_header(Part& part, std::size_t start);
  void find_delimiter();
  bool take_delimiter(std::size_t line_start, std::size_t line_end);
  std::size_t line_end(std::size_t from) const {
    const auto lf = octets_.find('\n', from);
    return lf == std::string_view::npos ? octets_.size() : lf + 1;
  }
  std::string_view range(std::size_t from, std::size_t to) const {
    return octets_.substr(from, std::max(from, to) - from);
  }

  std::string_view octets_;
  PartLimits limits_;
  std::size_t fields_left_;
  std::size_t parts_ = 0;
  std::size_t at_ = 0;
  std::vector<std::string_view> open_; // boundaries, outermost first
  Delimiter found_;
};

// If this line is a delimiter (blanks may follow it), notes it and moves behind it. The innermost owner wins.
bool Reader::take_delimiter(std::size_t line_start, std::size_t line_end) {
  auto line = octets_.substr(line_start, line_end - line_start);
  if (!line.starts_with("--")) return false;
  line.remove_prefix(2);
  while (!line.empty() && base::is_space(line.back())) line.remove_suffix(1);
  const bool dashes = line.ends_with("--");
  const auto closed = line.substr(0, line.size() - (dashes ? 2 : 0));
  for (std::size_t level = open_.size(); level > 0; --level) {
    const auto boundary = open_[level - 1];
    const bool closing = dashes && boundary == closed;
    if (!closing && boundary != line) continue;
    std::size_t content_end = line_start;
    if (content_end > 0) --content_end; // the LF
    if (content_end > 0 && octets_[content_end - 1] == '\r') --content_end;
    found_ = {level, closing, content_end};
    at_ = line_end;
    return true;
  }
  return false;
}

// Moves behind the next delimiter, or to the end.
void Reader::find_delimiter() {
  while (!open_.empty() && at_ < octets_.size()) {
    const bool at_line_start = at_ == 0 || octets_[at_ - 1] == '\n';
    std::size_t start = at_;
    if (!at_line_start || !octets_.substr(at_).starts_with("--")) {
      start = octets_.find("\n--", at_);
      if (start++ == std::string_view::npos) break;
    }
    const auto end = line_end(start);
    if (take_delimiter(start, end)) return;
    at_ = end;
  }
  at_ = octets_.size();
  found_ = {0, false, at_};
}

// The header by lines; false if a delimiter or the end came before the blank line.
bool Reader::read_header(Part& part, std::size_t start) {
  while (at_ < octets_.size()) {
    const auto line_start = at_;
    const auto end = line_end(at_);
    if (!open_.empty() && take_delimiter(line_start, end)) {
      part.header = range(start, std::max(start, found_.content_end));
      return false;
    }
    at_ = end;
    const auto line = octets_.substr(line_start, end - line_start);
    if (line == "\n" || line == "\r\n") {
      part.header = range(start, line_start);
      part.has_body = true;
      return true;
    }
  }
  part.header = range(start, at_);
  found_ = {0, false, at_};
  return false;
}

void Reader::set_fields(Part& part, std::vector<Field> fields) {
  part.fields = std::move(fields);
  fields_left_ -= std::min(fields_left_, part.fields.size());
  read_content_fields(part, part.parent && part.parent->is_multipart() && part.parent->subtype == "digest");
}

std::unique_ptr<Part> Reader::read(const Part* parent, std::size_t depth) {
  auto part = std::make_unique<Part>();
  part->parent = parent;
  if (++parts_ >= limits_.parts) open_.clear(); // all that is left is this part's
  const auto start = at_;
  const bool body_follows = read_header(*part, start);
  set_fields(*part, parse_fields(part->header, std::min(limits_.fields, fields_left_)));
  if (body_follows)
    read_body(*part, depth);
  else
    part->body = range(found_.content_end, found_.content_end);
  part->octets = range(start, found_.content_end);
  return part;
}

void Reader::read_body(Part& part, std::size_t depth) {
  const auto start = at_;
  const auto boundary = boundary_of(part);
  const bool container = !boundary.empty() || holds_message(part);
  if (parts_ >= limits_.parts || (container && depth >= limits_.depth)) {
    part.type = "application";
    part.subtype = "octet-stream";
    find_delimiter();
  } else if (!boundary.empty()) {
    open_.push_back(boundary);
    read_children(part, depth);
  } else if (holds_message(part)) {
    part.children.push_back(read(&part, depth + 1));
  } else {
    find_delimiter();
    if (part.is_multipart()) part.preamble = range(start, found_.content_end);
  }
  // A delimiter right behind the blank line has the blank line's end for its own.
  part.body = range(std::min(start, found_.content_end), found_.content_end);
}

void Reader::read_children(Part& part, std::size_t depth) {
  const auto level = open_.size();
  auto start = at_;
  find_delimiter();
  part.preamble = range(start, found_.content_end);
  while (found_.level == level && !found_.closing) part.children.push_back(read(&part, depth + 1));
  if (open_.size() >= level) open_.resize(level - 1);
  if (found_.level != level) return; // the closing delimiter is missing
  start = at_;
  find_delimiter();
  part.epilogue = range(start, found_.content_end);
}

} // namespace

std::unique_ptr<Part> parse_part(std::string_view octets, const PartLimits& limits) {
  return Reader(octets, limits).read(nullptr, 1);
}

std::unique_ptr<Part> parse_part(std::vector<Field> fields, std::string_view header, std::string_view body,
                                 bool has_body, const PartLimits& limits) {
  auto part = std::make_unique<Part>();
  part->header = header;
  part->body = body;
  part->has_body = has_body;
  Reader reader(body, limits);
  reader.count_part();
  reader.set_fields(*part, std::move(fields));
  if (has_body) reader.read_body(*part, 1);
  return part;
}

} // namespace mail
