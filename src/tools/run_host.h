// SPDX-License-Identifier: MIT
// The world that a script is tried in, as the options of the tool describe it.
#pragma once

#include "base/command_line.h"
#include "delivery/file_host.h"
#include "delivery/mailboxes.h"
#include "tools/script_file.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tools {

/// The settings of --config FILE with those of --set KEY=VALUE on top, else the defaults. Throws UsageError
/// for what is wrong in them.
delivery::Settings given_settings(const base::CommandLine& line);

/// Where the user's scripts find what they include.
ScriptPlaces places_of(const delivery::Settings& settings, const delivery::Account& account);
/// The same for who runs the tool, with the settings of --config, --set and --programs.
ScriptPlaces places_of(const base::CommandLine& line);

/// What a run is told of the user and of the administrator; throws UsageError for a value that is wrong.
struct RunWorld {
  RunWorld(const base::CommandLine& line, const std::string& user);
  delivery::Settings settings;
  delivery::Account account;
  std::int64_t now;                             // --now, else the clock's
  std::vector<delivery::FolderName> folders;    // that are there besides the INBOX
  std::optional<delivery::Mailboxes> mailboxes; // of --mail: what is there is there
  std::vector<std::string> seen;                // ids that `duplicate` has met before

  bool has_folder(const std::string& name) const;
};

/// The world of a run that changes nothing: nothing seen before but what it is told of, no programs.
class RunHost final : public delivery::FileHost {
public:
  /// `world` outlives the host.
  RunHost(const std::string& script_path, const RunWorld& world);
  std::int64_t now() const override { return world_.now; }
  std::optional<std::string> environment(const std::string& item) const override;
  std::string setting(const std::string& name) const override;
  std::optional<std::string> script(sieve::ScriptLocation location, const std::string& name) const override {
    return scripts_.script(location, name);
  }
  bool has_programs() const override { return !world_.settings.programs.empty(); }
  sieve::ProgramResult run_program(const sieve::ProgramCall&) const override {
    return {false, {}, "no program is run here"};
  }
  bool mailbox_exists(const std::string& mailbox) const override { return world_.has_folder(mailbox); }
  bool seen(const std::string& handle, const std::string& id, std::int64_t seconds) const override;
  std::vector<std::string> own_addresses() const override;
  std::string postmaster() const override { return world_.settings.postmaster_address(); }

private:
  const RunWorld& world_;
  ScriptHost scripts_;
};

} // namespace tools
