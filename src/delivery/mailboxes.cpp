// SPDX-License-Identifier: MIT
#include "delivery/mailboxes.h"

#include <algorithm>
#include <chrono>

namespace delivery {

Mailboxes::Mailboxes(const Settings& settings, const Account& account, const std::string& sender,
                     std::optional<gid_t> mail_group) {
  const auto options = [&](const MailLocation& location) {
    StoreOptions result;
    result.hostname = settings.hostname;
    result.fsync = settings.fsync;
    result.utf8_names = location.utf8_names;
    result.make_parents = account.user.make_home;
    result.sender = sender;
    result.locks = settings.mbox_locks;
    result.lock_timeout =
        std::min<std::chrono::milliseconds>(settings.lock_timeout, settings.longest_lock_timeout());
    result.mail_group = mail_group;
    result.home = account.user.home;
    return result;
  };
  const std::string inbox = expand(settings.mail.path, account);
  const std::string folders = expand(settings.folders ? settings.folders->path : "~/mail", account);
  if (settings.mail.kind == StoreKind::mbox)
    inbox_ = open_mbox(inbox, folders, options(settings.mail));
  else
    inbox_ = open_maildir(inbox, options(settings.mail));
  if (!settings.folders) return;
  if (settings.folders->kind == StoreKind::mbox)
    folders_ = open_mbox("", folders, options(*settings.folders));
  else
    folders_ = open_maildir(folders, options(*settings.folders));
}

std::map<std::string, FolderName> Mailboxes::ids() const {
  std::map<std::string, FolderName> ids;
  for (const auto* each : {inbox_.get(), folders_.get()}) {
    if (!each) continue;
    for (auto& [id, folder] : each->folder_ids()) // a root that is not the INBOX is no folder
      if (&store(folder) == each) ids.emplace(id, folder);
  }
  return ids;
}

} // namespace delivery
