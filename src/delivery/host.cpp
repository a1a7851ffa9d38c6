// SPDX-License-Identifier: MIT
#include "delivery/host.h"

#include "config.h"
#include "delivery/attempt.h"
#include "delivery/script_file.h"
#include "delivery/tracker.h"

#include <array>
#include <string_view>
#include <utility>

namespace delivery {

namespace {

/// One component, no dots in front: what include may name (RFC 6609 section 3.2) never leaves the directory.
bool is_script_name(const std::string& name) {
  if (name.empty() || name[0] == '.' || name.size() > 128) return false;
  for (const char c : name)
    if (c == '/' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return false;
  return true;
}

std::string domain_of(const std::string& hostname) {
  const auto dot = hostname.find('.');
  return dot == std::string::npos ? hostname : hostname.substr(dot + 1);
}

} // namespace

std::string duplicate_key(const std::string& handle, const std::string& id) {
  return tracker_key({"duplicate", handle, id});
}

/// RFC 5183 section 4.1, and the two of vnd.dovecot.environment that have a meaning here.
std::optional<std::string> MailboxHost::environment(const std::string& item) const {
  const auto& client = job_.envelope.client;
  const std::pair<std::string_view, std::string> items[] = {
      {"domain", domain_of(job_.settings.hostname)},
      {"host", job_.settings.hostname},
      {"location", "MDA"},
      {"name", "lastmile"},
      {"phase", "during"},
      {"remote-host", client.name},
      {"remote-ip", client.address},
      {"version", LASTMILE_VERSION},
      {"vnd.dovecot.default-mailbox", "INBOX"},
      {"vnd.dovecot.username", job_.account.user.name},
  };
  for (const auto& [name, value] : items)
    if (item == name) return value;
  return std::nullopt;
}

std::string MailboxHost::setting(const std::string& name) const {
  const auto found = job_.settings.sieve.find(name);
  return found == job_.settings.sieve.end() ? std::string() : found->second;
}

bool MailboxHost::mailbox_exists(const std::string& mailbox) const {
  const auto folder = FolderName::parse(mailbox);
  bool exists = false;
  if (folder) attempt("a mailbox cannot be looked at", [&] { exists = mailboxes_.exists(*folder); });
  return exists;
}

std::optional<std::string> MailboxHost::mailbox_with_id(const std::string& id) const {
  if (!ids_) {
    ids_.emplace();
    attempt("mailbox ids cannot be looked up", [&] { ids_ = mailboxes_.ids(); });
  }
  const auto found = ids_->find(id);
  return found == ids_->end() ? std::nullopt : std::optional(found->second.str());
}

bool MailboxHost::seen(const std::string& handle, const std::string& id, std::int64_t) const {
  const auto key = duplicate_key(handle, id);
  duplicates_.take(key);
  return Tracker(job_.account.user.home, "duplicate").seen(key, now());
}

std::optional<std::string> MailboxHost::script(sieve::ScriptLocation location,
                                               const std::string& name) const {
  if (!is_script_name(name)) return std::nullopt;
  const bool personal = location == sieve::ScriptLocation::personal;
  const auto& settings = job_.settings;
  const auto directory = expand(personal ? settings.include_personal : settings.include_global, job_.account);
  const std::string owner_home = personal ? job_.account.user.home : "";
  std::optional<std::string> source;
  attempt("an included script cannot be read", [&] {
    source = read_script(directory + "/" + name + ".sieve", owner_home);
    if (!source) source = read_script(directory + "/" + name, owner_home);
  });
  return source;
}

sieve::ProgramResult MailboxHost::run_program(const sieve::ProgramCall& call) const {
  sieve::ProgramResult result;
  attempt("a program cannot be run", [&] {
    const std::string_view input[] = {call.input};
    std::vector<std::string> words{call.name};
    words.insert(words.end(), call.arguments.begin(), call.arguments.end());
    auto ended = job_.runner.run(RunnerTask::program, words, input);
    result.succeeded = ended.succeeded();
    if (!result.succeeded) result.error = ended.describe();
    result.output = std::move(ended.output);
  });
  return result;
}

std::vector<std::string> MailboxHost::own_addresses() const {
  auto addresses = job_.account.user.addresses;
  const auto& name = job_.account.user.name;
  addresses.push_back(name.find('@') == std::string::npos ? name + "@" + job_.settings.hostname : name);
  if (!job_.account.domain.empty()) addresses.push_back(job_.account.local + "@" + job_.account.domain);
  return addresses;
}

} // namespace delivery
