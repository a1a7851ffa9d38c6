// SPDX-License-Identifier: MIT
// Who may have mail here, and where such lists come from.
#pragma once

#include "delivery/settings.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace delivery {

struct User {
  std::string name;
  uid_t uid = 0;
  gid_t gid = 0;
  std::string home;
  bool system_groups = false; // the groups of NSS are his too; virtual users have none, whatever their name
  bool make_home = false;     // a virtual user's home comes into being with the first mail
  std::optional<std::int64_t> since;  // the account is his since then (RFC 7293); seconds since 1970
  std::optional<Quota> quota;         // his own, in place of the general one
  std::vector<std::string> addresses; // his other addresses, for RFC 5230 section 4.5
};

/// A name that was judged by safe_name(); `domain` may be empty.
struct UserName {
  std::string local;
  std::string domain;
  std::string str() const { return domain.empty() ? local : local + "@" + domain; }
};

class UserSource {
public:
  virtual ~UserSource() = default;
  /// Nothing only if the source positively says that there is no such user. Throws Failure or
  /// std::system_error when it could not be asked.
  virtual std::optional<User> find(const UserName& name) = 0;
  /// Who gets what is for a postmaster that nobody is: the one user of `self`.
  virtual std::optional<User> fallback_postmaster() { return std::nullopt; }
};

/// May this be looked up and stand in a path? Letters, digits, UTF-8 and the other characters of an atom
/// (RFC 5322 section 3.2.3) except '/'; not "..", no '.' or '-' in front, at most 255 octets.
bool safe_name(const std::string& name);

std::unique_ptr<UserSource> system_users();
std::unique_ptr<UserSource> self_user();
std::unique_ptr<UserSource> passwd_users(std::string file);
/// Throws std::invalid_argument in a program without cdb.
std::unique_ptr<UserSource> cdb_users(std::string file);
std::unique_ptr<UserSource> directory_users(std::string path_template);

/// The source that the setting names. Throws std::invalid_argument if it was not built in.
std::unique_ptr<UserSource> open_users(const UsersSpec& spec);

} // namespace delivery
