// SPDX-License-Identifier: MIT
#pragma once

#include "base/command_line.h"
#include "delivery/file_host.h"
#include "tools/script_file.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tools {

/// What a run is told of the user and of the administrator; throws UsageError for a value that is wrong.
struct RunWorld {
  RunWorld(const base::CommandLine& line, const std::string& user);
  delivery::Settings settings;
  delivery::Account account;
  std::vector<delivery::FolderName> folders; // that are there besides the INBOX
};

/// The world of a run that changes nothing: nothing seen before, no programs.
class RunHost final : public delivery::FileHost {
public:
  /// `world` outlives the host.
  RunHost(const std::string& script_path, const RunWorld& world);
  std::int64_t now() const override { return now_; }
  std::optional<std::string> environment(const std::string& item) const override;
  std::optional<std::string> script(sieve::ScriptLocation location, const std::string& name) const override {
    return scripts_.script(location, name);
  }
  bool mailbox_exists(const std::string& mailbox) const override;
  std::vector<std::string> own_addresses() const override;

private:
  const RunWorld& world_;
  ScriptHost scripts_;
  std::int64_t now_;
  std::string user_;
  std::string hostname_;
};

} // namespace tools
