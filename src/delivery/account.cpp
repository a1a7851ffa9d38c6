// SPDX-License-Identifier: MIT
#include "delivery/account.h"

#include <string_view>

namespace delivery {

namespace {

std::string safe(const std::string& value) { return safe_name(value) ? value : std::string(); }

/// The user's name may be local@domain: both must be safe by themselves.
std::string safe_user(const std::string& name) {
  const auto at = name.rfind('@');
  if (at == std::string::npos) return safe(name);
  return safe_name(name.substr(0, at)) && safe_name(name.substr(at + 1)) ? name : std::string();
}

/// Nothing when the word is none of ours: then the braces are part of the path.
std::optional<std::string> value_of(std::string_view word, const Account& account) {
  if (word == "home") return account.user.home;
  if (word == "user") return safe_user(account.user.name);
  if (word == "local") return safe(account.local);
  if (word == "domain") return safe(account.domain);
  if (word == "detail") return safe(account.detail);
  return std::nullopt;
}

} // namespace

std::string expand(const std::string& path, const Account& account) {
  std::string result;
  std::size_t i = 0;
  if (path == "~" || path.compare(0, 2, "~/") == 0) {
    result = account.user.home;
    i = 1;
  }
  while (i < path.size()) {
    const auto close = path[i] == '{' ? path.find('}', i) : std::string::npos;
    if (close != std::string::npos) {
      if (const auto value = value_of(std::string_view(path).substr(i + 1, close - i - 1), account)) {
        result += *value;
        i = close + 1;
        continue;
      }
    }
    result += path[i++];
  }
  return result;
}

} // namespace delivery
