// SPDX-License-Identifier: MIT
#include "tools/run_host.h"

#include "base/ascii.h"
#include "config.h"
#include "options.h"
#include "tools/moment.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <stdexcept>
#include <utility>

namespace tools {

namespace {

delivery::FolderName parse_folder(const std::string& name) {
  const auto folder = delivery::FolderName::parse(name);
  if (!folder) throw std::invalid_argument("no folder can be called '" + base::printable(name) + "'");
  return *folder;
}

std::string domain_of(const std::string& hostname) {
  const auto dot = hostname.find('.');
  return dot == std::string::npos ? hostname : hostname.substr(dot + 1);
}

/// Where the options of the tool change it, --home is in the environment already.
std::string home() {
  const char* home = std::getenv("HOME");
  return home != nullptr ? home : "/nonexistent";
}

/// As the configuration finds the user, if it was given and knows him; else who runs the tool.
delivery::User find_user(const base::CommandLine& line, const delivery::Settings& settings,
                         const std::string& name) {
  if (line.has("config") && line.has("user")) {
    const auto at = name.find('@');
    const std::string domain = at == std::string::npos ? "" : name.substr(at + 1);
    if (auto user = delivery::open_users(settings.users)->find({name.substr(0, at), domain})) {
      user->home = line.value("home").value_or(user->home);
      return *user;
    }
    throw base::UsageError("--user: the configuration knows no user `" + base::printable(name) + "'");
  }
  delivery::User user;
  user.home = home();
  user.name = name;
  return user;
}

} // namespace

delivery::Settings given_settings(const base::CommandLine& line) {
  std::vector<std::string> words{"lastmile"};
  for (const auto& [name, value] : line.given()) {
    if (name == "config") words.push_back("--config=" + value);
    if (name == "set") words.push_back("--" + value);
    if (name == "set" && value.find('=') == std::string::npos)
      throw base::UsageError("--set: `" + value + "' is not KEY=VALUE");
  }
  std::vector<const char*> arguments;
  for (const auto& word : words) arguments.push_back(word.c_str());
  try {
    return read_options(static_cast<int>(arguments.size()), arguments.data(), "").delivery;
  } catch (const OptionError& error) {
    throw base::UsageError(error.what());
  }
}

ScriptPlaces places_of(const base::CommandLine& line) {
  delivery::Account account;
  account.user.home = home();
  auto places = places_of(given_settings(line), account);
  places.programs = places.programs || line.has("programs");
  return places;
}

ScriptPlaces places_of(const delivery::Settings& settings, const delivery::Account& account) {
  return {delivery::expand(settings.include_personal, account),
          delivery::expand(settings.include_global, account), !settings.programs.empty()};
}

RunWorld::RunWorld(const base::CommandLine& line, const std::string& user)
    : settings(given_settings(line)), now(std::time(nullptr)) {
  account.user = find_user(line, settings, user);
  try {
    for (const auto& [name, value] : line.given()) {
      if (name == "folder") folders.push_back(parse_folder(value));
      if (name == "mail") settings.mail = delivery::parse_mail_location(value);
      if (name == "now") now = given_moment("--now", value);
      if (name == "seen") seen.push_back(value);
    }
  } catch (const std::invalid_argument& error) {
    throw base::UsageError(error.what());
  }
  if (line.has("mail")) mailboxes.emplace(settings, account, "", std::nullopt);
}

bool RunWorld::has_folder(const std::string& name) const {
  const auto folder = delivery::FolderName::parse(name);
  if (!folder) return false;
  return folder->is_inbox() || std::find(folders.begin(), folders.end(), *folder) != folders.end() ||
         (mailboxes && mailboxes->exists(*folder));
}

RunHost::RunHost(const std::string& script_path, const RunWorld& world)
    : FileHost(world.settings, world.account), world_(world),
      scripts_(script_path, places_of(world.settings, world.account)) {}

std::string RunHost::setting(const std::string& name) const {
  const auto found = world_.settings.sieve.find(name);
  return found == world_.settings.sieve.end() ? std::string() : found->second;
}

bool RunHost::seen(const std::string&, const std::string& id, std::int64_t) const {
  return std::find(world_.seen.begin(), world_.seen.end(), id) != world_.seen.end();
}

/// What a delivery would say (RFC 5183 section 4.1), as far as it is known without a client.
std::optional<std::string> RunHost::environment(const std::string& item) const {
  const std::string& hostname = world_.settings.hostname;
  const std::pair<std::string_view, std::string> items[] = {
      {"domain", domain_of(hostname)},
      {"host", hostname},
      {"location", "MDA"},
      {"name", "lastmile"},
      {"phase", "during"},
      {"version", LASTMILE_VERSION},
      {"vnd.dovecot.default-mailbox", "INBOX"},
      {"vnd.dovecot.username", world_.account.user.name},
  };
  for (const auto& [name, value] : items) {
    if (item == name) return value;
  }
  return std::nullopt;
}

std::vector<std::string> RunHost::own_addresses() const {
  const auto& user = world_.account.user;
  auto addresses = user.addresses;
  if (user.name.empty()) return addresses;
  addresses.push_back(user.name.find('@') == std::string::npos ? user.name + '@' + world_.settings.hostname
                                                               : user.name);
  return addresses;
}

} // namespace tools
