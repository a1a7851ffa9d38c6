// SPDX-License-Identifier: MIT
// The mailboxes of one account: which store has the INBOX, which the folders.
#pragma once

#include "delivery/account.h"
#include "delivery/store.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>

namespace delivery {

class Mailboxes {
public:
  /// `sender` is the reverse-path as RFC 5321 writes it, for From_ lines.
  Mailboxes(const Settings& settings, const Account& account, const std::string& sender,
            std::optional<gid_t> mail_group);

  bool exists(const FolderName& folder) const { return store(folder).exists(folder); }
  /// RFC 9042. An mbox has no ids.
  std::map<std::string, FolderName> ids() const;
  Store& store(const FolderName& folder) const {
    return folder.is_inbox() || !folders_ ? *inbox_ : *folders_;
  }

private:
  std::unique_ptr<Store> inbox_;
  std::unique_ptr<Store> folders_; // null: the INBOX's store has the folders too
};

} // namespace delivery
