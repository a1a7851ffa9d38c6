// SPDX-License-Identifier: MIT
#include "delivery/users_passwd.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/fd.h"
#include "base/file.h"
#include "delivery/errors.h"
#include "lmtp/command.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <limits>
#include <stdexcept>
#include <unistd.h>
#include <utility>

namespace delivery {

namespace {

[[noreturn]] void refuse(std::string_view name, const std::string& why) {
  throw Failure(misconfigured(), "users: " + base::printable(name) + ": " + why);
}

template <typename Id>
Id parse_id(std::string_view field, Id (*own)(), std::string_view name, const char* what) {
  if (field.empty()) return own();
  const auto number = base::parse_number(field);
  if (!number || *number >= std::numeric_limits<Id>::max()) refuse(name, std::string("bad ") + what);
  return static_cast<Id>(*number);
}

/// "2026-11-21", from midnight UTC on, or an RFC 3339 date-time.
std::int64_t parse_since(const std::string& value, std::string_view name) {
  const bool day = value.find_first_of("Tt") == std::string::npos;
  const auto since = lmtp::parse_timestamp(day ? value + "T00:00:00Z" : value);
  if (!since) refuse(name, "since= is no date such as 2026-11-21");
  return *since;
}

void apply_options(User& user, std::string_view options) {
  for (const auto word : base::words(options)) {
    const auto equals = word.find('=');
    const auto key = word.substr(0, equals);
    const std::string value(equals == std::string_view::npos ? "" : word.substr(equals + 1));
    if (key == "quota")
      user.quota = parse_quota(value);
    else if (key == "since")
      user.since = parse_since(value, user.name);
    else if (key == "addresses") {
      for (const auto address : base::split(value, ',')) user.addresses.emplace_back(address);
    } else
      refuse(user.name, "unknown option " + base::printable(key));
  }
}

class PasswdUsers : public UserSource {
public:
  explicit PasswdUsers(std::string file) : file_(std::move(file)) {}

  /// The user with the domain before the one without: "info@a" and "info@b" may be two.
  std::optional<User> find(const UserName& name) override {
    const std::string full = name.str() + ":";
    const std::string bare = name.local + ":";
    std::optional<std::string> found;
    each_passwd_line(file_, [&](std::string_view line) {
      if (line.substr(0, full.size()) == full) {
        found = line;
        return false;
      }
      if (!found && line.substr(0, bare.size()) == bare) found = line;
      return true;
    });
    if (!found) return std::nullopt;
    return parse_passwd_line(*found);
  }

private:
  std::string file_;
};

} // namespace

void each_passwd_line(const std::string& path, const std::function<bool(std::string_view)>& visit) {
  const std::unique_ptr<FILE, int (*)(FILE*)> file(fopen(path.c_str(), "re"), fclose);
  if (!file) base::throw_errno("open " + path);
  char* line = nullptr;
  std::size_t capacity = 0;
  ssize_t length = 0;
  while ((length = getline(&line, &capacity, file.get())) >= 0) {
    const std::unique_ptr<char, decltype(&std::free)> keep(std::exchange(line, nullptr), std::free);
    capacity = 0;
    if (!visit(base::trim({keep.get(), static_cast<std::size_t>(length)}))) return;
  }
  std::free(line);
  if (ferror(file.get())) base::throw_errno("read " + path); // else the user would "positively" not be there
}

User parse_passwd_line(std::string_view line) {
  const auto fields = base::split(line, ':');
  const std::string name(fields[0]);
  if (std::any_of(line.begin(), line.end(), base::is_control)) refuse(name, "control characters");
  if (fields.size() < 6) refuse(name, "fewer than 6 fields");
  User user;
  user.name = name;
  user.uid = parse_id<uid_t>(fields[2], geteuid, name, "uid");
  user.gid = parse_id<gid_t>(fields[3], getegid, name, "gid");
  user.home = fields[5];
  user.make_home = true;
  if (user.home.empty() || user.home[0] != '/') refuse(name, "the home is no absolute path");
  std::string options;
  for (std::size_t i = 7; i < fields.size(); ++i) options += (i > 7 ? ":" : "") + std::string(fields[i]);
  try {
    apply_options(user, options);
  } catch (const std::invalid_argument& error) {
    refuse(name, error.what());
  }
  return user;
}

std::unique_ptr<UserSource> passwd_users(std::string file) {
  return std::make_unique<PasswdUsers>(std::move(file));
}

} // namespace delivery
