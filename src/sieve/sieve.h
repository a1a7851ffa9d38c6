// SPDX-License-Identifier: MIT
// The engine from outside: compile a script, run one or several on a message, take the outcome.
//
//   Diagnostics errors;
//   auto script = sieve::compile(source, {.name = "~/.sieve", .host = &host}, errors);
//   sieve::Evaluation evaluation(host, {message, envelope});
//   if (script) evaluation.run(*script);
//   sieve::Outcome outcome = evaluation.finish();
#pragma once

#include "mail/envelope.h"
#include "sieve/action.h"
#include "sieve/error.h"
#include "sieve/host.h"
#include "sieve/limits.h"

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sieve {

class Script; // immutable after compile
struct Extension;
class TraceSink;

struct CompileOptions {
  std::string name;           // for messages
  const Host* host = nullptr; // for include; null: nothing can be included
  Limits limits = {};
  std::set<std::string, std::less<>> disabled = {}; // capabilities that `require` refuses
  /// Extensions beyond those of extensions.def that a script may require (the test language).
  std::vector<const Extension*> extra = {};
};

/// Null if there was an error; `diagnostics` then says which, in script order. Warnings are appended too.
std::shared_ptr<const Script> compile(std::string source, const CompileOptions& options,
                                      Diagnostics& diagnostics);

/// The envelope as one recipient's script sees it.
struct MessageEnvelope {
  mail::Transaction transaction;
  mail::Recipient recipient; // with ORCPT: the original recipient
  std::string user;          // login name
  std::string recipient_delimiter = "+";
};

struct Input {
  std::string_view octets; // the message; must outlive Evaluation and Outcome
  MessageEnvelope envelope;
  std::optional<std::size_t> crlf_size = {}; // of the octets, if known: then nobody has to count (`size`)
};

/// One message on its way through one or several scripts (before, personal, after): each sees the edits and
/// flags of those before it (RFC 5228 section 2.10.2 for the implicit keep between them).
class Evaluation {
public:
  Evaluation(const Host& host, Input input, const Limits& limits = {}, TraceSink* trace = nullptr);
  ~Evaluation();

  /// False if the script ended in a run-time error: its actions are dropped, those of scripts before it stay,
  /// the error is in the outcome's log, and the implicit keep of the unedited message is in force.
  bool run(const Script& script);
  /// Should a later script still run? Only while a keep, implicit or explicit, is in force.
  bool keep_in_force() const;
  Outcome finish();

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace sieve
