// SPDX-License-Identifier: MIT
// A recipient that was found: the user, and what of the address is not the user.
#pragma once

#include "delivery/user.h"
#include "mail/address.h"

#include <string>

namespace delivery {

struct Account {
  User user;
  mail::Address address; // as RCPT named it
  std::string local;     // the part of it that named the user, its case folded
  std::string domain;    // its case folded
  std::string detail;    // RFC 5233 section 4, as written; empty if none
};

/// A path of the settings for this account: ~ and {home} are the home, {user} {local} {domain} {detail} what
/// they say. Values that are no safe_name() become empty, so that no address can leave the place that the
/// template means.
std::string expand(const std::string& path, const Account& account);

} // namespace delivery
