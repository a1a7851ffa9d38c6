// SPDX-License-Identifier: MIT
// Messages as files, and every reader of the layer run over some octets.
#pragma once

#include "mail/compose.h"
#include "mail/date.h"
#include "mail/edited_message.h"
#include "mail/html_text.h"
#include "mail/transfer_encoding.h"

#include <fstream>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace test {

inline const std::vector<std::string> message_names = {"plain",     "attachment", "list",  "smtputf8",
                                                       "forwarded", "newsletter", "broken"};

inline std::string message(const std::string& name) {
  std::ifstream file(std::string(TEST_MESSAGES) + "/" + name + ".eml", std::ios::binary);
  if (!file) throw std::runtime_error("no message " + name);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline std::size_t count_parts(const mail::Part& part) {
  std::size_t count = 1;
  for (const auto& child : part.children) count += count_parts(*child);
  return count;
}

inline void for_each_part(const mail::Part& part, const std::function<void(const mail::Part&)>& visit) {
  visit(part);
  for (const auto& child : part.children) for_each_part(*child, visit);
}

/// Is `inner` a view into `outer`?
inline bool within(std::string_view inner, std::string_view outer) {
  return inner.empty() ||
         (inner.data() >= outer.data() && inner.data() + inner.size() <= outer.data() + outer.size());
}

/// Runs every reader over the octets; returns a sum of what they made, so that nothing is left out. Throws if
/// a view of the tree leaves its parent.
inline std::size_t read_all(std::string_view octets) {
  const mail::EditedMessage message(octets);
  std::size_t sum = message.crlf_size();
  for_each_part(message.root(), [&](const mail::Part& part) {
    sum += part.plain_text().size() + part.file_name().size() + part.decoded().size();
    const auto outer = part.parent ? part.parent->body : octets;
    for (const auto view : {part.octets, part.header, part.body, part.preamble, part.epilogue}) {
      if (!within(view, outer)) throw std::logic_error("a view leaves its parent");
    }
    for (const auto& field : part.fields) {
      sum += mail::decode_header(field.value).size() + mail::parse_parameters(field.value).parameters.size();
      sum += mail::parse_date(field.value) ? 1 : 0;
    }
  });
  return sum;
}

} // namespace test
