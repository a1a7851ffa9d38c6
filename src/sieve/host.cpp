// SPDX-License-Identifier: MIT
// The answers of an empty world.
#include "sieve/host.h"

#include "base/ascii.h"

#include <ctime>

namespace sieve {

std::int64_t Host::now() const { return std::time(nullptr); }
std::optional<std::string> Host::environment(const std::string&) const { return std::nullopt; }
std::string Host::setting(const std::string&) const { return {}; }
bool Host::mailbox_exists(const std::string& mailbox) const {
  return base::equal_ignoring_case(mailbox, "INBOX");
}
std::optional<std::string> Host::special_use_mailbox(const std::string&) const { return std::nullopt; }
bool Host::has_special_use(const std::string&, const std::string&) const { return false; }
std::optional<std::string> Host::mailbox_with_id(const std::string&) const { return std::nullopt; }
std::optional<std::string> Host::metadata(const std::string&, const std::string&) const {
  return std::nullopt;
}
bool Host::seen(const std::string&, const std::string&, std::int64_t) const { return false; }
std::optional<std::string> Host::script(ScriptLocation, const std::string&) const { return std::nullopt; }
std::optional<bool> Host::list_contains(const std::string&, const std::string&) const { return std::nullopt; }
std::optional<std::vector<std::string>> Host::list_members(const std::string&) const { return std::nullopt; }
bool Host::has_programs() const { return false; }
ProgramResult Host::run_program(const ProgramCall&) const { return {false, {}, "no programs are allowed"}; }
std::vector<std::string> Host::own_addresses() const { return {}; }
std::string Host::postmaster() const { return "postmaster@localhost"; }

} // namespace sieve
