// SPDX-License-Identifier: MIT
// What a test file lives in: one user with mailboxes, an outbox and settings, all in memory, and the message
// and result that the scripts under test work on.
#pragma once

#include "sieve/message_state.h"
#include "sieve/node.h"
#include "sieve/sieve.h"
#include "sieve/testsuite/report.h"

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sieve::testsuite {

struct StoredMessage {
  std::string octets;
  Flags flags;
};

struct SentMessage {
  mail::Address reverse_path;
  mail::Address recipient;
  std::string octets;
};

/// Runs a program of a directory for vnd.dovecot.pipe, filter and execute, for so long at most (0: without
/// end); null: there are none.
using ProgramRunner = std::function<ProgramResult(const std::string& directory, const ProgramCall& call,
                                                  std::chrono::seconds timeout)>;

/// A script that was compiled for a test file.
struct FoundScript {
  std::string name; // as Script::name
  std::string path; // for people
  std::string source;
};

/// How test files are run.
struct RunOptions {
  ProgramRunner programs;
  std::set<std::string, std::less<>> disabled; // capabilities that scripts cannot require
  TraceSink* trace = nullptr; // told of every step of the test file and the scripts under test
  /// Told of each script under test that compiles, and of those that it or the test file includes.
  std::function<void(const FoundScript&)> found = {};
};

class World final : public Host {
public:
  /// `path` is the test file's; scripts and includes are found from its directory. `options` must outlive it.
  World(const std::string& path, Report& report, const RunOptions& options);
  ~World() override;

  /// The world that a command of the test language runs in.
  static World& of(Execution& execution);

  MessageState& state() { return *state_; }
  Report& report() { return report_; }
  const std::string& directory() const { return directory_; }
  TraceSink* trace() const { return options_.trace; }
  /// For the test file and the scripts it compiles.
  CompileOptions compile_options(const std::string& path) const;

  // Message and envelope.
  void set_message(std::string octets);
  void set_stored_message(const StoredMessage& stored);
  void set_sent_message(const SentMessage& sent);

  // Scripts.
  std::shared_ptr<const Script> compile_file(const std::string& path);
  /// Forgets the scripts that were included since the last call; tells of them if all compiled (`good`).
  void tell_included(bool good);
  std::shared_ptr<const Script> compiled; // by the last test_script_compile that succeeded
  std::map<std::string, std::shared_ptr<const Script>> binaries;
  /// Runs on the current message; errors are captured. False after a run-time error.
  bool run(const Script& script);
  int subordinate = 0;             // how many scripts under test are running
  bool subordinate_failed = false; // test_fail was said in one

  // Errors that test_error looks at.
  std::vector<std::string> errors;
  void capture(const Diagnostics& diagnostics);

  // Mail.
  std::map<std::string, std::vector<StoredMessage>> mailboxes; // "INBOX" in this spelling
  std::vector<SentMessage> outbox;
  bool implicit_keep_done = false;
  /// Forgets the result and what is sent, edits and flags; mailboxes and settings stay.
  void reset_result();
  std::map<std::string, std::map<std::string, std::string>> annotations; // by mailbox ("": the server)

  // Settings: what test_config_set said, in force since the last test_config_reload.
  std::map<std::string, std::string> pending;
  std::map<std::string, std::string> settings;
  void reload();

  // Host
  std::string setting(const std::string& name) const override;
  std::optional<std::string> environment(const std::string& item) const override;
  bool mailbox_exists(const std::string& mailbox) const override;
  std::optional<std::string> metadata(const std::string& mailbox,
                                      const std::string& annotation) const override;
  std::optional<std::string> script(ScriptLocation location, const std::string& name) const override;
  std::optional<bool> list_contains(const std::string& list, const std::string& value) const override;
  std::optional<std::vector<std::string>> list_members(const std::string& list) const override;
  bool has_programs() const override { return true; }
  ProgramResult run_program(const ProgramCall& call) const override;
  std::vector<std::string> own_addresses() const override;
  std::string postmaster() const override { return "postmaster@example.com"; }

private:
  std::string_view hold(std::string octets);
  void recompute_envelope();

  std::string directory_;
  Report& report_;
  const RunOptions& options_;
  std::string user_;
  mutable std::vector<FoundScript> included_; // while a script is compiled
  std::deque<std::string> held_;              // messages that were current: snapshots may still view them
  std::unique_ptr<MessageState> state_;
};

/// Fails the open block: what a command of the test language returns then.
Flow fail_block(Execution& execution, const std::string& reason);

/// "INBOX" for it in any case, the name itself otherwise.
std::string mailbox_key(const std::string& name);

} // namespace sieve::testsuite
