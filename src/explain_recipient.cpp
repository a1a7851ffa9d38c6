// SPDX-License-Identifier: MIT
#include "explain_recipient.h"

#include "base/ascii.h"
#include "base/file.h"
#include "delivery/deliver.h"
#include "delivery/errors.h"
#include "delivery/mailboxes.h"
#include "delivery/privileges.h"
#include "delivery/quota.h"
#include "delivery/recipient.h"
#include "delivery/script_file.h"

#include <fcntl.h>
#include <system_error>
#include <variant>

namespace {

using delivery::Account;
using delivery::Settings;

std::string line(std::string name, const std::string& value) {
  name.resize(12, ' ');
  return "  " + name + base::printable(value) + '\n';
}

std::string location(const delivery::MailLocation& mail, const Account& account) {
  const std::string path = delivery::expand(mail.path, account);
  const bool there = base::status_at(AT_FDCWD, path).has_value();
  return (mail.kind == delivery::StoreKind::maildir ? "maildir:" : "mbox:") + path +
         (there ? "" : ", not there yet");
}

/// What a delivery would say of the script, or "there".
std::string state_of(const std::string& path, const Account& account, bool personal) {
  try {
    return delivery::read_script(path, personal ? account.user.home : std::string()) ? "there" : "not there";
  } catch (const delivery::Failure& failure) {
    return std::string("refused: ") + failure.what();
  } catch (const std::system_error& error) {
    return std::string("cannot be used: ") + error.code().message();
  }
}

/// The scripts of a delivery, in its order.
class Scripts {
public:
  Scripts(const Settings& settings, const Account& account) : settings_(settings), account_(account) {}

  std::string text() {
    for (const auto& path : settings_.scripts_before) group("before", path);
    bool found = false;
    for (const auto& path : settings_.scripts) found = personal(path, found);
    if (!settings_.script_default.empty()) {
      if (found)
        add("default", delivery::expand(settings_.script_default, account_), "not used");
      else
        group("default", settings_.script_default);
    }
    for (const auto& path : settings_.scripts_after) group("after", path);
    return text_;
  }

private:
  void add(const std::string& name, const std::string& path, const std::string& state) {
    text_ += line(name, path + ": " + state);
  }

  void group(const std::string& name, const std::string& configured) {
    const std::string expanded = delivery::expand(configured, account_);
    const auto paths = delivery::script_paths(expanded);
    if (paths.empty()) add(name, expanded, "no script in it");
    for (const auto& path : paths) {
      const std::string state = state_of(path, account_, false);
      add(name, path, state == "there" ? "runs" : state);
    }
  }

  /// The first that is there is the user's, even if it cannot be used.
  bool personal(const std::string& configured, bool found) {
    const std::string path = delivery::expand(configured, account_);
    if (found) {
      add("script", path, "not used, another is in front of it");
      return true;
    }
    const std::string state = state_of(path, account_, true);
    add("script", path, state == "there" ? "runs" : state);
    return state != "not there";
  }

  const Settings& settings_;
  const Account& account_;
  std::string text_;
};

std::string limits(const delivery::Quota& quota) {
  if (!quota.limited()) return "none";
  std::string text;
  if (quota.storage != 0) text = std::to_string(quota.storage) + " octets";
  if (quota.messages != 0) text += (text.empty() ? "" : ", ") + std::to_string(quota.messages) + " messages";
  return text;
}

std::string quota(const Settings& settings, const Account& account, const delivery::Mailboxes& mailboxes) {
  const auto quota = account.user.quota.value_or(settings.quota);
  const auto root = mailboxes.store({}).quota_root();
  if (!quota.limited() || root.empty()) return limits(quota);
  const auto used = delivery::count_maildir(root);
  return limits(quota) + "; used " + std::to_string(used.size) + " octets, " + std::to_string(used.count) +
         " messages";
}

/// What RCPT would be answered for a small message.
mail::Reply judge(const Settings& settings, const Account& account, const delivery::Mailboxes& mailboxes) {
  try {
    delivery::judge_quota(settings, account, mailboxes, {}, {0, 1});
  } catch (const delivery::Failure& failure) {
    return failure.reply();
  }
  return {250, "2.1.5", "Recipient ok"};
}

std::string details(const Settings& settings, const Account& account, const delivery::Mailboxes& mailboxes) {
  const auto& user = account.user;
  std::string text =
      line("user", user.name + ", uid " + std::to_string(user.uid) + ", gid " + std::to_string(user.gid));
  if (!account.detail.empty()) text += line("detail", account.detail);
  text += line("home", user.home + (base::status_at(AT_FDCWD, user.home) ? "" : ", not there"));
  text += line("mailbox", location(settings.mail, account));
  text += line("folders", settings.folders ? location(*settings.folders, account)
                          : settings.mail.kind == delivery::StoreKind::maildir
                              ? "Maildir++, in the mailbox"
                              : "mbox:" + delivery::expand("~/mail", account));
  text += Scripts(settings, account).text();
  return text + line("quota", quota(settings, account, mailboxes));
}

} // namespace

Explanation explain_recipient(const Options& options, const std::string& address) {
  const auto& settings = options.delivery;
  mail::Recipient recipient;
  recipient.address = mail::parse_mailbox(address).value_or(mail::Address{address, ""});
  const auto users = delivery::open_users(settings.users);
  const auto found = delivery::find_recipient(settings, *users, recipient.address);
  Explanation explanation{base::printable(address) + '\n', {}};
  auto& reply = explanation.reply;
  if (const auto* account = std::get_if<Account>(&found)) {
    delivery::become(account->user, std::nullopt);
    const delivery::Mailboxes mailboxes(settings, *account, "", std::nullopt);
    explanation.text += details(settings, *account, mailboxes);
    reply = judge(settings, *account, mailboxes);
  } else {
    reply = std::get<mail::Reply>(found);
  }
  explanation.text += line("reply", std::to_string(reply.code) + ' ' + reply.enhanced + ' ' + reply.text);
  return explanation;
}
