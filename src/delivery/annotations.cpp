// SPDX-License-Identifier: MIT
#include "delivery/annotations.h"

#include "base/ascii.h"
#include "base/log.h"
#include "delivery/attempt.h"
#include "delivery/user_text.h"
#include "sieve/annotations.h"

#include <algorithm>

namespace delivery {

namespace {

/// Takes a word, or what stands in quotes; nothing if a quote is not closed or something follows it at once.
std::optional<std::string> take_word(std::string_view& line) {
  line = base::trim(line);
  if (line.empty() || line[0] != '"') {
    const auto end = std::min(line.find_first_of(" \t"), line.size());
    std::string word(line.substr(0, end));
    line.remove_prefix(end);
    return word;
  }
  std::string word;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '"') {
      line.remove_prefix(i + 1);
      return line.empty() || base::is_blank(line[0]) ? std::optional(word) : std::nullopt;
    }
    if (line[i] == '\\' && i + 1 < line.size()) ++i;
    word += line[i];
  }
  return std::nullopt;
}

/// What is left of the line, or what stands in quotes.
std::optional<std::string> take_value(std::string_view line) {
  line = base::trim(line);
  if (line.empty() || line[0] != '"') return std::string(line);
  auto value = take_word(line);
  if (!base::trim(line).empty()) value.reset();
  return value;
}

std::optional<Annotation> parse_line(std::string_view line) {
  const auto mailbox = take_word(line);
  const auto name = take_word(line);
  auto value = take_value(line);
  if (!mailbox || !name || !value || !sieve::is_annotation_name(*name)) return std::nullopt;
  Annotation annotation{std::nullopt, *name, std::move(*value)};
  if (mailbox->empty()) return annotation;
  annotation.folder = FolderName::parse(*mailbox);
  return annotation.folder ? std::optional(annotation) : std::nullopt;
}

const Annotation* find_in(const std::vector<Annotation>& all, const std::optional<FolderName>& folder,
                          std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Annotation& one) {
    return one.folder == folder && base::equal_ignoring_case(one.name, name);
  });
  return found == all.end() ? nullptr : &*found;
}

} // namespace

std::vector<Annotation> parse_annotations(std::string_view text, const std::string& path) {
  std::vector<Annotation> annotations;
  unsigned number = 0;
  for (const auto each : base::split(text, '\n')) {
    ++number;
    const auto line = base::trim(each);
    if (line.empty() || line[0] == '#') continue;
    if (auto annotation = parse_line(line))
      annotations.push_back(std::move(*annotation));
    else
      base::log(base::LogLevel::warning, "no line of annotations",
                {{"file", path}, {"line", std::to_string(number)}});
  }
  return annotations;
}

const Annotations::Both& Annotations::read() const {
  if (read_) return *read_;
  read_.emplace();
  const auto read_file = [&](const std::string& configured, std::vector<Annotation>& annotations) {
    if (configured.empty()) return;
    const auto path = expand(configured, account_);
    attempt("annotations cannot be used", [&] {
      if (const auto text = read_user_text(path, account_, largest_file))
        annotations = parse_annotations(*text, path);
    });
  };
  read_file(settings_.metadata, read_->users);
  read_file(settings_.server_metadata, read_->servers);
  return *read_;
}

std::optional<std::string> Annotations::find(const std::optional<FolderName>& folder,
                                             std::string_view name) const {
  const bool administrators = !folder && base::starts_with_ignoring_case(name, "/shared/");
  const auto* found = administrators ? nullptr : find_in(read().users, folder, name);
  if (!found) found = find_in(read().servers, folder, name);
  return found ? std::optional(found->value) : std::nullopt;
}

std::vector<FolderName> Annotations::folders_with(std::string_view name, std::string_view word) const {
  std::vector<FolderName> folders;
  for (const auto* all : {&read().users, &read().servers}) {
    for (const auto& [folder, own_name, value] : *all) {
      if (!folder || !base::equal_ignoring_case(own_name, name)) continue;
      const auto words = base::words(value);
      const bool has = std::any_of(words.begin(), words.end(),
                                   [&](auto each) { return base::equal_ignoring_case(each, word); });
      if (has) folders.push_back(*folder);
    }
  }
  return folders;
}

} // namespace delivery
