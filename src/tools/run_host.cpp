// SPDX-License-Identifier: MIT
#include "tools/run_host.h"

#include "config.h"

#include <climits>
#include <ctime>
#include <unistd.h>
#include <utility>

namespace tools {

namespace {

std::string host_name() {
  char name[HOST_NAME_MAX + 1] = {};
  return gethostname(name, sizeof name - 1) == 0 ? name : "localhost";
}

std::string domain_of(const std::string& hostname) {
  const auto dot = hostname.find('.');
  return dot == std::string::npos ? hostname : hostname.substr(dot + 1);
}

} // namespace

RunHost::RunHost(const std::string& script_path, std::string user)
    : ScriptHost(script_path), now_(std::time(nullptr)), user_(std::move(user)), hostname_(host_name()) {}

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
