// SPDX-License-Identifier: MIT
// What a script may ask of the world, and nothing else: evaluation does no I/O of its own. Every question has
// an answer here that fits a world without mailboxes, so that a test or tool overrides only what it has.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sieve {

enum class ScriptLocation { personal, global };

/// What an external program did (vnd.dovecot.filter, execute, RFC 6558 convert).
struct ProgramResult {
  bool succeeded = false; // ran and exited 0 in time
  std::string output;
  std::string error; // for the log, when it did not
};

struct ProgramCall {
  std::string kind; // "pipe", "filter", "execute", "convert"
  std::string name;
  std::vector<std::string> arguments;
  std::string input;
};

class Host {
public:
  virtual ~Host() = default;

  /// Seconds since 1970; the same instant during one evaluation is the caller's care (RFC 5260 section 5).
  virtual std::int64_t now() const;
  /// RFC 5183 items and vnd.*; nothing if the item is unknown.
  virtual std::optional<std::string> environment(const std::string& item) const;
  /// A setting by its name in lastmile.conf; empty if it is not set.
  virtual std::string setting(const std::string& name) const;

  /// RFC 5490 section 3.1: may mail be filed there now? The name is UTF-8.
  virtual bool mailbox_exists(const std::string& mailbox) const;
  /// RFC 8579: the mailbox that carries the attribute ("\\Junk").
  virtual std::optional<std::string> special_use_mailbox(const std::string& attribute) const;
  /// RFC 8579 section 3: does this mailbox carry it?
  virtual bool has_special_use(const std::string& mailbox, const std::string& attribute) const;
  /// RFC 9042.
  virtual std::optional<std::string> mailbox_with_id(const std::string& id) const;
  /// RFC 5490: an annotation of a mailbox; mailbox empty: of the server.
  virtual std::optional<std::string> metadata(const std::string& mailbox,
                                              const std::string& annotation) const;

  /// RFC 7352: was this id recorded for this user within the last `seconds`?
  virtual bool seen(const std::string& handle, const std::string& id, std::int64_t seconds) const;

  /// The source of an included script (RFC 6609); nothing if there is none of that name.
  virtual std::optional<std::string> script(ScriptLocation location, const std::string& name) const;

  /// RFC 6134: nothing if there is no list of that name.
  virtual std::optional<bool> list_contains(const std::string& list, const std::string& value) const;
  /// The members of a list that can be enumerated (redirect :list); nothing if it cannot.
  virtual std::optional<std::vector<std::string>> list_members(const std::string& list) const;

  virtual bool has_programs() const;
  virtual ProgramResult run_program(const ProgramCall& call) const;

  /// The user's own addresses besides the recipient's (RFC 5230 section 4.5).
  virtual std::vector<std::string> own_addresses() const;
  /// Who signs mail that no user signs.
  virtual std::string postmaster() const;
};

} // namespace sieve
