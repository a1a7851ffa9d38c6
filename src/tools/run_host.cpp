// SPDX-License-Identifier: MIT
#include "tools/run_host.h"

#include "base/ascii.h"
#include "config.h"

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <ctime>
#include <stdexcept>
#include <unistd.h>
#include <utility>

namespace tools {

namespace {

std::string host_name() {
  char name[HOST_NAME_MAX + 1] = {};
  return gethostname(name, sizeof name - 1) == 0 ? name : "localhost";
}

delivery::FolderName parse_folder(const std::string& name) {
  const auto folder = delivery::FolderName::parse(name);
  if (!folder) throw std::invalid_argument("no folder can be called '" + base::printable(name) + "'");
  return *folder;
}

std::string domain_of(const std::string& hostname) {
  const auto dot = hostname.find('.');
  return dot == std::string::npos ? hostname : hostname.substr(dot + 1);
}

} // namespace

RunWorld::RunWorld(const base::CommandLine& line, const std::string& user) {
  const char* home = std::getenv("HOME");
  account.user.home = home != nullptr ? home : "/nonexistent";
  account.user.name = user;
  try {
    for (const auto& [name, value] : line.given()) {
      if (name == "folder") folders.push_back(parse_folder(value));
      if (name == "special-use") settings.special_use = delivery::parse_special_use(value);
      if (name == "lists") settings.lists = delivery::parse_lists(value);
      if (name == "metadata") settings.metadata = value;
      if (name == "server-metadata") settings.server_metadata = value;
    }
  } catch (const std::invalid_argument& error) {
    throw base::UsageError(error.what());
  }
}

RunHost::RunHost(const std::string& script_path, const RunWorld& world)
    : FileHost(world.settings, world.account), world_(world), scripts_(script_path), now_(std::time(nullptr)),
      user_(world.account.user.name), hostname_(host_name()) {}

bool RunHost::mailbox_exists(const std::string& mailbox) const {
  const auto folder = delivery::FolderName::parse(mailbox);
  return folder && (folder->is_inbox() ||
                    std::find(world_.folders.begin(), world_.folders.end(), *folder) != world_.folders.end());
}

/// What a delivery would say (RFC 5183 section 4.1), as far as it is known without a client.
std::optional<std::string> RunHost::environment(const std::string& item) const {
  const std::pair<std::string_view, std::string> items[] = {
      {"domain", domain_of(hostname_)},
      {"host", hostname_},
      {"location", "MDA"},
      {"name", "lastmile"},
      {"phase", "during"},
      {"version", LASTMILE_VERSION},
      {"vnd.dovecot.default-mailbox", "INBOX"},
      {"vnd.dovecot.username", user_},
  };
  for (const auto& [name, value] : items) {
    if (item == name) return value;
  }
  return std::nullopt;
}

std::vector<std::string> RunHost::own_addresses() const {
  if (user_.empty()) return {};
  return {user_.find('@') == std::string::npos ? user_ + '@' + hostname_ : user_};
}

} // namespace tools
