// SPDX-License-Identifier: MIT
// What settings and files of the user and of the administrator answer, whatever mailboxes there are.
#pragma once

#include "delivery/annotations.h"
#include "delivery/lists.h"
#include "sieve/host.h"

namespace delivery {

class FileHost : public sieve::Host {
public:
  /// Both outlive the host.
  FileHost(const Settings& settings, const Account& account)
      : settings_(settings), lists_(settings, account), annotations_(settings, account) {}

  std::optional<std::string> special_use_mailbox(const std::string& attribute) const override;
  bool has_special_use(const std::string& mailbox, const std::string& attribute) const override;
  std::optional<std::string> metadata(const std::string& mailbox,
                                      const std::string& annotation) const override;
  std::optional<bool> list_contains(const std::string& list, const std::string& value) const override {
    return lists_.contains(list, value);
  }
  std::optional<std::vector<std::string>> list_members(const std::string& list) const override {
    return lists_.members(list);
  }

private:
  const Settings& settings_;
  Lists lists_;
  Annotations annotations_;
};

} // namespace delivery
