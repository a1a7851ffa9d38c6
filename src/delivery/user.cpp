// SPDX-License-Identifier: MIT
#include "delivery/user.h"

#include "base/ascii.h"
#include "base/utf8.h"

#include <stdexcept>
#include <unistd.h>

namespace delivery {

bool safe_name(const std::string& name) {
  if (name.empty() || name.size() > 255 || name[0] == '.' || name[0] == '-') return false;
  if (name.find("..") != std::string::npos || !base::is_utf8(name)) return false;
  static constexpr std::string_view others = "!#$%&'*+-=?^_`{|}~.";
  for (const char c : name) {
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    if (ascii && !base::is_alnum(c) && others.find(c) == std::string_view::npos) return false;
  }
  return true;
}

std::unique_ptr<UserSource> open_users(const UsersSpec& spec) {
  switch (spec.kind) {
  case UsersKind::automatic: return geteuid() == 0 ? system_users() : self_user();
  case UsersKind::system: return system_users();
  case UsersKind::self: return self_user();
  case UsersKind::passwd: return passwd_users(spec.argument);
  case UsersKind::directory: return directory_users(spec.argument);
  case UsersKind::cdb: return cdb_users(spec.argument);
  }
  throw std::invalid_argument("users: not known");
}

} // namespace delivery
