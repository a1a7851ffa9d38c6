// SPDX-License-Identifier: MIT
// Scripts in tests that look at the whole outcome: what an action holds.
#pragma once

#include "support.h"

#include "support/catch.h"

#include "sieve/host.h"
#include "sieve/sieve.h"

#include <map>

namespace sieve::test {

/// A world with a clock that stands still and settings.
class SettingsHost : public Host {
public:
  static constexpr std::int64_t instant = 1795256130; // 2026-11-21 10:15:30 UTC

  std::map<std::string, std::string> settings;

  std::int64_t now() const override { return instant; }
  std::string setting(const std::string& name) const override {
    const auto found = settings.find(name);
    return found == settings.end() ? std::string() : found->second;
  }
};

/// From alice@example.org to bob@example.com.
inline MessageEnvelope plain_envelope() {
  MessageEnvelope envelope;
  envelope.transaction.reverse_path = {"alice", "example.org"};
  envelope.recipient.address = {"bob", "example.com"};
  return envelope;
}

/// Everything that `script` decided; it must compile.
inline Outcome evaluate(const std::string& script, std::string_view octets, const Host& host,
                        const MessageEnvelope& envelope = plain_envelope()) {
  Diagnostics diagnostics;
  const auto compiled = compile(script, {.name = "test", .host = &host}, diagnostics);
  INFO(script);
  if (compiled == nullptr) INFO(diagnostics.front().text);
  REQUIRE(compiled != nullptr);
  Evaluation evaluation(host, {octets, envelope});
  evaluation.run(*compiled);
  return evaluation.finish();
}

/// The only action, which is of that kind.
template <class Kind>
Kind only(const Outcome& outcome) {
  REQUIRE(outcome.actions.size() == 1);
  REQUIRE(std::holds_alternative<Kind>(outcome.actions.front().what));
  return std::get<Kind>(outcome.actions.front().what);
}

/// The log, a line each.
inline std::string log_of(const Outcome& outcome) {
  std::string text;
  for (const auto& line : outcome.log) text += line.text + '\n';
  return text;
}

} // namespace sieve::test
