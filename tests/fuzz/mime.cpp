// SPDX-License-Identifier: MIT
// The structure of a message, every part decoded, and edits of it.
#include "fuzz.h"

#include "mail/edited_message.h"
#include "mail/line_ends.h"
#include "mail/part.h"

using fuzz::require;

namespace {

std::size_t walk(const mail::Part& part, std::string_view whole) {
  require(part.body.size() <= whole.size(), "a part is no larger than the message");
  part.plain_text();
  part.file_name();
  std::size_t parts = 1;
  for (const auto& child : part.children) {
    require(child->parent == &part, "a child knows its parent");
    parts += walk(*child, whole);
  }
  return parts;
}

void edit(std::string_view octets) {
  mail::EditedMessage message(octets);
  require(message.str() == octets, "unedited, a message is what came in");
  const mail::EditedMessage snapshot = message;
  message.insert_field(0, "X-Added", "value");
  require(message.size() == message.str().size(), "the size is that of the pieces");
  require(message.crlf_size() == mail::crlf_size(message.str()), "with CRLF too");
  message.erase_field(0);
  require(message.fields().size() == snapshot.fields().size(), "what was added can be taken away");
  const auto& root = message.root();
  if (!root.children.empty()) message.replace_part(*root.children.front(), "Subject: x\n\ny");
  require(message.size() == message.str().size(), "the size follows a replaced part");
  require(snapshot.str() == octets, "a copy is not changed");
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto octets = fuzz::text(data, size);
  const mail::PartLimits limits{.depth = 20, .parts = 200, .fields = 200};
  require(walk(*mail::parse_part(octets, limits), octets) <= limits.parts + 1, "the limit of parts holds");
  edit(octets);
  return 0;
}
