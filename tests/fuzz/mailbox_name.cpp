// SPDX-License-Identifier: MIT
// Names of mailboxes: whatever a script makes of an attacker's text stays below the mail directory.
#include "fuzz.h"

#include "base/utf8.h"
#include "delivery/folder_name.h"

using fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text(data, size);
  const auto name = delivery::FolderName::parse(text);
  if (name) {
    for (const auto& component : name->components()) {
      require(!component.empty() && component.front() != '.', "no component is empty or begins with a dot");
      require(component.find('/') == std::string::npos && component.find('\0') == std::string::npos,
              "no component divides a path or ends it");
    }
    for (const bool utf8 : {false, true})
      require(name->is_inbox() || !name->on_disk('.', utf8).empty(), "every folder has a name on disk");
    require(delivery::FolderName::parse(name->str()) == name, "a name that was written is read again");
  }
  if (base::is_utf8(text))
    for (const char c : delivery::to_modified_utf7(text))
      require(c >= 0x20 && c < 0x7f, "modified UTF-7 is printable ASCII");
  return 0;
}
