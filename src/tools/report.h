// SPDX-License-Identifier: MIT
// What became of a message, in the forms that `run` can tell it in.
#pragma once

#include "mail/reply.h"
#include "sieve/sieve.h"
#include "tools/recording.h"
#include "tools/run_host.h"
#include "tools/script_file.h"

#include <string>
#include <vector>

namespace tools {

/// One message that went through the scripts. The outcome holds views into `octets`.
struct MessageRun {
  std::string name;   // of its file
  std::string anchor; // in front of its anchors in a page of several
  std::string octets;
  sieve::MessageEnvelope envelope;
  sieve::Outcome outcome;
  Recording recording;
  const RunWorld* world = nullptr;
  const std::vector<ScriptFile>* scripts = nullptr; // those that may run, in order
  std::string personal;                             // the name of the one that needs no name
  bool mails = false;                               // show the mails that would be sent

  MessageRun() = default;
  MessageRun(const MessageRun&) = delete;
  MessageRun& operator=(const MessageRun&) = delete;
};

/// What follows from the outcome.
mail::Reply reply_of(const MessageRun& run);
/// Is there a copy for the INBOX that no action stores already?
bool is_kept(const sieve::Outcome& outcome);
/// "line 7", with the script's name in front unless it is the personal one.
std::string place_of(const MessageRun& run, const sieve::Action& action);
/// Why the action will not be what it says, or empty: a folder of --mail that is not there.
std::string objection_to(const MessageRun& run, const sieve::Action& action);
/// A diagnostic with its source line.
std::string shown(const MessageRun& run, const sieve::Diagnostic& diagnostic);

/// As text, for people.
std::string text_of(const MessageRun& run);
/// One JSON object, over several lines; `steps`: all that the recording holds too.
std::string json_of(const MessageRun& run, bool with_steps);
/// A whole page with a section for each message.
std::string page_head(const std::string& title);
std::string section_of(const MessageRun& run);
std::string page_foot();

} // namespace tools
