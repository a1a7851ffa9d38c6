// SPDX-License-Identifier: MIT
#include "mail/edited_message.h"

#include "base/ascii.h"
#include "mail/compose.h"
#include "mail/line_ends.h"

#include <cassert>

namespace mail {

namespace {

// Anything a caller may take for one field, made one: line ends as `line_end`, no blank line, and every
// further line a continuation, so that no text can bring a field of its own or end the header.
std::string one_field(std::string_view text, std::string_view line_end) {
  std::string result;
  for (const auto piece : base::split(text, '\n')) {
    auto line = piece;
    while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (base::trim(line).empty()) continue;
    if (!result.empty() && !base::is_blank(line.front())) result += ' ';
    result.append(line).append(line_end);
  }
  return result;
}

bool ends_line(std::string_view text) { return text.empty() || text.back() == '\n'; }

// Appends a piece, or makes the last one longer if this one follows it in memory.
void add_piece(std::vector<std::string_view>& pieces, std::string_view piece) {
  if (piece.empty()) return;
  if (!pieces.empty() && pieces.back().data() + pieces.back().size() == piece.data()) {
    pieces.back() = {pieces.back().data(), pieces.back().size() + piece.size()};
  } else {
    pieces.push_back(piece);
  }
}

} // namespace

EditedMessage::EditedMessage(std::string_view octets) {
  const auto lf = octets.find('\n');
  if (lf != std::string_view::npos && lf > 0 && octets[lf - 1] == '\r') line_end_ = "\r\n";
  index(octets);
}

EditedMessage::EditedMessage(std::string_view octets, std::size_t crlf_size) : EditedMessage(octets) {
  const auto front = octets.substr(0, octets.size() - body_.size());
  body_crlf_size_ = crlf_size - mail::crlf_size(front);
}

EditedMessage::EditedMessage(const EditedMessage& other) = default;
EditedMessage& EditedMessage::operator=(const EditedMessage& other) = default;
EditedMessage::~EditedMessage() = default;

void EditedMessage::index(std::string_view octets) {
  const Sections sections = split_sections(octets);
  original_ = octets;
  contiguous_ = true;
  body_ = sections.body;
  has_body_ = sections.separated;
  separator_ = octets.substr(sections.header.size(), octets.size() - sections.header.size() - body_.size());
  fields_ = parse_fields(sections.header);
  before_.clear();
  const char* at = octets.data();
  for (const Field& field : fields_) {
    before_.emplace_back(at, static_cast<std::size_t>(field.raw.data() - at));
    at = field.raw.data() + field.raw.size();
  }
  before_.emplace_back(at, static_cast<std::size_t>(sections.header.data() + sections.header.size() - at));
  body_crlf_size_.reset();
  root_.reset();
}

void EditedMessage::touch() {
  edited_ = true;
  contiguous_ = false;
  root_.reset();
}

std::string_view EditedMessage::own(std::string text) {
  owned_.push_back(std::make_shared<const std::string>(std::move(text)));
  return *owned_.back();
}

void EditedMessage::insert_field(std::size_t position, std::string_view name, std::string_view value) {
  insert_raw_field(position, fold_field(name, encode_unstructured(value), line_end_));
}

void EditedMessage::insert_raw_field(std::size_t position, std::string_view field) {
  assert(position <= fields_.size());
  const auto raw = own(one_field(field, line_end_));
  auto parsed = parse_fields(raw);
  assert(parsed.size() == 1 && "the caller has checked the name");
  if (parsed.size() != 1) return;
  touch();
  // The new field goes behind what is no field and stands before the old one: an mbox From_ line stays first.
  const auto previous =
      !before_[position].empty() || position == 0 ? before_[position] : fields_[position - 1].raw;
  if (!ends_line(previous)) before_[position] = own(std::string(before_[position]).append(line_end_));
  before_.insert(before_.begin() + static_cast<std::ptrdiff_t>(position) + 1, std::string_view());
  fields_.insert(fields_.begin() + static_cast<std::ptrdiff_t>(position), parsed.front());
}

void EditedMessage::erase_field(std::size_t position) {
  assert(position < fields_.size());
  touch();
  auto& before = before_[position];
  const auto after = before_[position + 1];
  if (before.empty())
    before = after;
  else if (!after.empty())
    before = own(std::string(before).append(after));
  before_.erase(before_.begin() + static_cast<std::ptrdiff_t>(position) + 1);
  fields_.erase(fields_.begin() + static_cast<std::ptrdiff_t>(position));
}

void EditedMessage::replace_all(std::string octets) {
  touch();
  owned_.clear(); // nothing views the old texts any more
  owned_body_.reset();
  index(own(std::move(octets)));
}

void EditedMessage::replace_part(const Part& part, std::string octets) {
  if (!part.parent) return replace_all(std::move(octets));
  const auto start = static_cast<std::size_t>(part.octets.data() - body_.data());
  assert(start <= body_.size() && part.octets.size() <= body_.size() - start);
  const auto rest = body_.substr(start + part.octets.size());
  // An empty part has no line end of its own before the delimiter that follows.
  const bool separated = rest.empty() || rest.starts_with("\n") || rest.starts_with("\r\n");
  std::string body;
  body.reserve(body_.size() - part.octets.size() + octets.size() + 2);
  body.append(body_.substr(0, start)).append(octets).append(separated ? "" : line_end_).append(rest);
  touch();
  owned_body_ = std::make_shared<const std::string>(std::move(body));
  body_ = *owned_body_;
  body_crlf_size_.reset();
}

const Part& EditedMessage::root() const {
  if (root_) return *root_;
  if (contiguous_) {
    root_ = parse_part(original_);
    return *root_;
  }
  std::string header;
  for (std::size_t i = 0; i < before_.size(); ++i) {
    header.append(before_[i]);
    if (i < fields_.size()) header.append(fields_[i].raw);
  }
  header_ = std::make_shared<const std::string>(std::move(header));
  root_ = parse_part(fields_, *header_, body_, has_body_);
  return *root_;
}

std::vector<std::string_view> EditedMessage::pieces() const {
  std::vector<std::string_view> pieces;
  if (contiguous_) {
    add_piece(pieces, original_);
    return pieces;
  }
  for (std::size_t i = 0; i < before_.size(); ++i) {
    add_piece(pieces, before_[i]);
    if (i < fields_.size()) add_piece(pieces, fields_[i].raw);
  }
  add_piece(pieces, separator_);
  add_piece(pieces, body_);
  return pieces;
}

std::size_t EditedMessage::size() const {
  std::size_t size = 0;
  for (const auto piece : pieces()) size += piece.size();
  return size;
}

std::size_t EditedMessage::crlf_size() const {
  if (!body_crlf_size_) body_crlf_size_ = mail::crlf_size(body_);
  std::size_t size = *body_crlf_size_ + mail::crlf_size(separator_);
  for (const auto text : before_) size += mail::crlf_size(text);
  for (const Field& field : fields_) size += mail::crlf_size(field.raw);
  return size;
}

std::string EditedMessage::str() const {
  std::string text;
  text.reserve(size());
  for (const auto piece : pieces()) text.append(piece);
  return text;
}

} // namespace mail
