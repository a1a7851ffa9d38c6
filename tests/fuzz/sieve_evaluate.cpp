// SPDX-License-Identifier: MIT
// A script, a line of "----", and the message that it is run on.
#include "fuzz.h"

#include "sieve/sieve.h"

using fuzz::require;

namespace {

constexpr std::string_view divider = "\n----\n";

/// Everything exists, so that more of a script is run.
class World : public sieve::Host {
public:
  std::int64_t now() const override { return 1795256130; }
  bool mailbox_exists(const std::string&) const override { return true; }
  std::optional<std::string> script(sieve::ScriptLocation, const std::string& name) const override {
    return "require \"variables\"; set \"included\" \"" + std::string(name.size(), 'x') + "\";";
  }
  std::optional<bool> list_contains(const std::string&, const std::string& value) const override {
    return value.size() % 2 == 0;
  }
  bool has_programs() const override { return true; }
  sieve::ProgramResult run_program(const sieve::ProgramCall& call) const override {
    return {true, call.input, {}};
  }
};

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text(data, size);
  const auto end = text.find(divider);
  const auto source = text.substr(0, end);
  const auto octets = end == std::string_view::npos ? std::string_view("From: a@example.org\n\nbody\n")
                                                    : text.substr(end + divider.size());
  const World world;
  sieve::Limits limits;
  limits.steps = 100000;
  limits.regex_steps = 10000;
  sieve::Diagnostics diagnostics;
  const auto script =
      sieve::compile(std::string(source), {.name = "fuzz", .host = &world, .limits = limits}, diagnostics);
  if (!script) return 0;
  sieve::MessageEnvelope envelope;
  envelope.transaction.reverse_path = {"alice", "example.org"};
  envelope.recipient.address = {"bob", "example.com"};
  sieve::Evaluation evaluation(world, {octets, envelope}, limits);
  const bool good = evaluation.run(*script);
  const auto outcome = evaluation.finish();
  require(good || outcome.implicit_keep, "a run-time error ends in the implicit keep");
  require(outcome.actions.size() <= limits.actions, "the limit of actions holds");
  return 0;
}
