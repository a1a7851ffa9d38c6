// SPDX-License-Identifier: MIT
#include "sieve/testsuite/world.h"

#include "base/ascii.h"
#include "base/file.h"
#include "mail/line_ends.h"
#include "sieve/execution.h"
#include "sieve/mail_draft.h"
#include "sieve/period.h"
#include "sieve/settings.h"
#include "sieve/testsuite/language.h"

#include <climits>
#include <cstdlib>

namespace sieve::testsuite {

namespace {

constexpr std::string_view first_message = "From: sender@example.com\r\n"
                                           "To: recipient@example.org\r\n"
                                           "Subject: Frop!\r\n"
                                           "\r\n"
                                           "Friep!\r\n";

std::string directory_of(const std::string& path) {
  char resolved[PATH_MAX];
  const std::string absolute = realpath(path.c_str(), resolved) != nullptr ? resolved : path;
  const auto slash = absolute.rfind('/');
  return slash == std::string::npos ? "." : absolute.substr(0, slash);
}

std::string login_name() {
  const char* name = std::getenv("USER");
  return name != nullptr ? name : "";
}

/// The first address that can be read of the first field of that name.
std::optional<mail::Address> address_in(const mail::EditedMessage& message, std::string_view field_name) {
  const mail::Field* field = mail::find_field(message.fields(), field_name);
  if (field == nullptr) return std::nullopt;
  for (auto& entry : mail::parse_address_list(field->value)) {
    if (entry.valid) return std::move(entry.address);
  }
  return std::nullopt;
}

mail::Address first_of(const mail::EditedMessage& message, std::initializer_list<std::string_view> names,
                       mail::Address fallback) {
  for (const auto field : names) {
    if (auto found = address_in(message, field)) return std::move(*found);
  }
  return fallback;
}

} // namespace

std::string mailbox_key(const std::string& name) {
  return base::equal_ignoring_case(name, "INBOX") ? "INBOX" : name;
}

World::World(const std::string& path, Report& report, const RunOptions& options)
    : directory_(directory_of(path)), report_(report), options_(options), user_(login_name()) {
  mailboxes["INBOX"] = {};
  Input input{hold(std::string(first_message)), {}};
  input.envelope.user = user_;
  state_ = std::make_unique<MessageState>(*this, std::move(input), Limits());
  state_->envelope.transaction.reverse_path = {"sender", "example.com"};
  state_->envelope.transaction.auth = user_;
  state_->envelope.recipient.address = {"recipient", "example.org"};
}

World::~World() = default;

World& World::of(Execution& execution) {
  // The test language is compiled for test files only, and those run in a World.
  return const_cast<World&>(dynamic_cast<const World&>(execution.host()));
}

std::string_view World::hold(std::string octets) { return held_.emplace_back(std::move(octets)); }

void World::recompute_envelope() {
  const mail::EditedMessage& message = state_->message();
  MessageEnvelope& envelope = state_->envelope;
  envelope.transaction.reverse_path =
      first_of(message, {"Return-Path", "Sender", "From"}, {"sender", "example.com"});
  envelope.transaction.auth = user_;
  envelope.recipient = {};
  envelope.recipient.address = first_of(message, {"Envelope-To", "To"}, {"recipient", "example.com"});
}

void World::set_message(std::string octets) {
  state_->set_message(hold(std::move(octets)));
  state_->initial_flags.clear();
  recompute_envelope();
}

void World::set_stored_message(const StoredMessage& stored) {
  set_message(stored.octets);
  state_->initial_flags = stored.flags;
}

void World::set_sent_message(const SentMessage& sent) {
  set_message(sent.octets);
  state_->envelope.transaction.reverse_path = sent.reverse_path;
  state_->envelope.recipient.address = sent.recipient;
}

void World::capture(const Diagnostics& diagnostics) {
  for (const auto& diagnostic : diagnostics) {
    if (diagnostic.severity == Severity::error || diagnostic.severity == Severity::summary) {
      errors.push_back(diagnostic.text);
    }
  }
}

CompileOptions World::compile_options(const std::string& path) const {
  return {.name = path,
          .host = this,
          .limits = state_->limits,
          .disabled = options_.disabled,
          .extra = {&test_language()}};
}

std::shared_ptr<const Script> World::compile_file(const std::string& path) {
  std::string source;
  try {
    source = base::read_whole_file(path, state_->limits.script_size + 1);
  } catch (const std::exception&) {
    errors.emplace_back("script not found");
    return nullptr;
  }
  Diagnostics diagnostics;
  auto script = compile(source, compile_options(path), diagnostics);
  capture(diagnostics);
  if (script != nullptr && options_.found) options_.found({path, path, source});
  tell_included(script != nullptr);
  return script;
}

void World::tell_included(bool good) {
  for (const auto& script : included_) {
    if (good && options_.found) options_.found(script);
  }
  included_.clear();
}

bool World::run(const Script& script) {
  const Result before = state_->result;
  const Snapshot message_before = state_->snapshot();
  Execution execution(*state_, script, trace());
  bool good = true;
  ++subordinate;
  try {
    execution.run();
  } catch (const ScriptError& error) {
    errors.emplace_back(error.what());
    state_->result = before;
    state_->revert();
    if (message_before != state_->original()) state_->edit() = *message_before;
    good = false;
  }
  --subordinate;
  capture(state_->log);
  state_->log.clear();
  return good;
}

void World::reset_result() {
  state_->result.clear();
  state_->revert();
  state_->slots.clear();
  state_->log.clear();
  implicit_keep_done = false;
}

void World::reload() {
  settings = pending;
  state_->limits = limits_from_settings(*this);
  const auto delimiter = settings.find("recipient_delimiter");
  state_->envelope.recipient_delimiter = delimiter == settings.end() ? "+" : delimiter->second;
}

std::string World::setting(const std::string& name) const {
  const auto found = settings.find(name);
  return found == settings.end() ? std::string() : found->second;
}

std::optional<std::string> World::environment(const std::string& item) const {
  static const std::map<std::string, std::string> items = {{"location", "MS"},
                                                           {"phase", "post"},
                                                           {"name", "Pigeonhole Sieve"},
                                                           {"version", "0.5"},
                                                           {"domain", "example.com"},
                                                           {"host", "mail.example.com"},
                                                           {"vnd.dovecot.default-mailbox", "INBOX"}};
  const auto found = items.find(base::lower(item));
  if (found != items.end()) return found->second;
  if (base::equal_ignoring_case(item, "vnd.dovecot.username")) return user_;
  return std::nullopt;
}

bool World::mailbox_exists(const std::string& mailbox) const {
  return mailboxes.contains(mailbox_key(mailbox));
}

std::optional<std::string> World::metadata(const std::string& mailbox, const std::string& annotation) const {
  const auto box = annotations.find(mailbox.empty() ? mailbox : mailbox_key(mailbox));
  if (box == annotations.end()) return std::nullopt;
  const auto found = box->second.find(base::lower(annotation));
  if (found == box->second.end()) return std::nullopt;
  return found->second;
}

ProgramResult World::run_program(const ProgramCall& call) const {
  if (!options_.programs) return {false, {}, "no programs can be run here"};
  const std::string prefix = "sieve_" + call.kind;
  const std::string directory = setting(prefix + "_bin_dir");
  if (directory.empty()) return {false, {}, "no directory of programs is set"};
  ProgramCall told = call;
  const std::chrono::seconds timeout(parse_period(setting(prefix + "_exec_timeout")).value_or(10));
  const bool lf = base::equal_ignoring_case(base::trim(setting(prefix + "_input_eol")), "lf");
  // What is converted need not be text.
  if (call.kind != "convert") told.input = lf ? lf_lines(call.input) : mail::to_crlf(call.input);
  return options_.programs(directory, told, timeout);
}

std::vector<std::string> World::own_addresses() const {
  const std::string own = setting("sieve_user_email");
  if (own.empty()) return {};
  return {std::string(base::trim(own))};
}

} // namespace sieve::testsuite
