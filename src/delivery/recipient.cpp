// SPDX-License-Identifier: MIT
#include "delivery/recipient.h"

#include "base/ascii.h"
#include "base/log.h"
#include "delivery/errors.h"

#include <unistd.h>
#include <utility>

namespace delivery {

namespace {

struct Candidate {
  std::string local;
  std::string detail;
};

/// An address literal is the domain of this host: no user is called after it.
std::string domain_name(const mail::Address& address) {
  return address.domain.empty() || address.domain[0] == '[' ? std::string() : base::lower(address.domain);
}

std::vector<Candidate> candidates(const Settings& settings, const std::string& local_part) {
  const auto fold = [&](const std::string& s) {
    return settings.user_case == UserCase::lower ? base::lower(s) : s;
  };
  std::vector<Candidate> result{{fold(local_part), ""}};
  const auto delimiter = local_part.find_first_of(settings.recipient_delimiter, 1);
  if (!settings.recipient_delimiter.empty() && !local_part.empty() && delimiter != std::string::npos)
    result.push_back({fold(local_part.substr(0, delimiter)), local_part.substr(delimiter + 1)});
  return result;
}

std::optional<Account> look_up(const Settings& settings, UserSource& source, const mail::Address& address) {
  const std::string domain = domain_name(address);
  if (!domain.empty() && !safe_name(domain)) return std::nullopt;
  for (const auto& [local, detail] : candidates(settings, address.local_part)) {
    if (!safe_name(local)) continue;
    if (auto user = source.find({local, domain}))
      return Account{std::move(*user), address, local, domain, detail};
  }
  return std::nullopt;
}

std::optional<Account> look_up_postmaster(const Settings& settings, UserSource& source,
                                          const mail::Address& address) {
  if (const auto named = mail::parse_mailbox(settings.postmaster_address())) {
    if (auto account = look_up(settings, source, *named)) {
      account->address = address;
      return account;
    }
  }
  auto user = source.fallback_postmaster();
  if (!user) return std::nullopt;
  const std::string local = user->name;
  return Account{std::move(*user), address, local, domain_name(address), ""};
}

/// Why nobody may be delivered to as this user, or empty. Uid 0 is refused even if the users file says so.
std::string objection(const User& user) {
  const auto own = geteuid();
  if (user.uid == 0 || (user.gid == 0 && own == 0))
    return "mail is never delivered as root: alias this user to a person";
  if (own != 0 && user.uid != own) return "the user has another uid than this process, which is not root";
  if (user.home.empty()) return "the user has no home";
  return {};
}

std::variant<Account, mail::Reply> find_or_throw(const Settings& settings, UserSource& source,
                                                 const mail::Address& address) {
  auto account = look_up(settings, source, address);
  if (!account && base::equal_ignoring_case(address.local_part, "postmaster"))
    account = look_up_postmaster(settings, source, address);
  if (!account) return mail::Reply{550, "5.1.1", "No such user here"};
  if (const auto why = objection(account->user); !why.empty()) throw Failure(misconfigured(), why);
  return *account;
}

} // namespace

std::variant<Account, mail::Reply> find_recipient(const Settings& settings, UserSource& source,
                                                  const mail::Address& address) {
  try {
    return find_or_throw(settings, source, address);
  } catch (const Failure& failure) {
    base::log(base::LogLevel::error, "recipient cannot be looked up",
              {{"to", address.str()}, {"error", failure.what()}});
    return failure.reply();
  } catch (const std::system_error& error) {
    base::log(base::LogLevel::error, "recipient cannot be looked up",
              {{"to", address.str()}, {"error", error.what()}});
    return internal_error();
  }
}

} // namespace delivery
