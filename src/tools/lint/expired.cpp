// SPDX-License-Identifier: MIT
#include "tools/lint/expired.h"

#include "base/ascii.h"

#include <algorithm>
#include <span>

namespace tools {

namespace {

struct Expired {
  std::string_view name, today;
};

constexpr Expired capabilities[] = {
    {"imapflags", "write \"imap4flags\" (RFC 5232)"},
    {"notify", "write \"enotify\" (RFC 5435)"},
    {"vnd.dovecot.duplicate", "write \"duplicate\" (RFC 7352)"},
    {"subaddresses", "write \"subaddress\" (RFC 5233)"},
    {"comparator-en;ascii-casemap", "write nothing: \"i;ascii-casemap\" is always there"},
};

constexpr Expired commands[] = {
    {"mark", "write addflag \"\\\\Flagged\"; with require \"imap4flags\""},
    {"unmark", "write removeflag \"\\\\Flagged\"; with require \"imap4flags\""},
    {"denotify", "remove it: enotify takes no notification back"},
    {"import", "write global \"name\"; with require [\"include\", \"variables\"]"},
    {"export", "write global \"name\"; with require [\"include\", \"variables\"]"},
    {"forward", "write redirect"},
};

constexpr Expired notify_tags[] = {
    {"method", "write the method last, as a URI: notify :message \"text\" \"mailto:alice@example.org\";"},
    {"id", "remove it: enotify has no identifiers"},
    {"high", "write :importance \"1\""},
    {"normal", "write :importance \"2\""},
    {"low", "write :importance \"3\""},
};

constexpr Expired include_tags[] = {{"globalvar", "name the variable with the command `global'"}};

std::string_view find(std::span<const Expired> table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Expired& entry) {
    return base::equal_ignoring_case(entry.name, name);
  });
  return found == table.end() ? std::string_view() : found->today;
}

} // namespace

std::string_view expired_capability(std::string_view name) { return find(capabilities, name); }
std::string_view expired_command(std::string_view name) { return find(commands, name); }
std::string_view expired_tag(std::string_view command, std::string_view name) {
  if (command == "notify") return find(notify_tags, name);
  return command == "include" || command == "set" ? find(include_tags, name) : std::string_view();
}

} // namespace tools
