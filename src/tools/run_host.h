// SPDX-License-Identifier: MIT
#pragma once

#include "tools/script_file.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tools {

/// The world of a run that changes nothing: no mailbox but the INBOX, nothing seen before, no programs.
class RunHost final : public ScriptHost {
public:
  RunHost(const std::string& script_path, std::string user);
  std::int64_t now() const override { return now_; }
  std::optional<std::string> environment(const std::string& item) const override;
  std::vector<std::string> own_addresses() const override;

private:
  std::int64_t now_;
  std::string user_;
  std::string hostname_;
};

} // namespace tools
