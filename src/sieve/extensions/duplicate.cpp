// SPDX-License-Identifier: MIT
// duplicate (RFC 7352): complete. What was seen before is the host's to know; the test only leaves a mark
// among the actions, which is recorded once the message is delivered, so that a failed delivery is no
// duplicate of itself. An id that is empty is no id.
#include "base/ascii.h"
#include "mail/header.h"
#include "sieve/compiler.h"
#include "sieve/duplicate_test.h"
#include "sieve/execution.h"
#include "sieve/period.h"

#include <algorithm>

namespace sieve {

namespace {

constexpr std::string_view default_period = "7d";
constexpr std::string_view max_period = "30d";

constexpr SettingSpec settings[] = {
    {"sieve_duplicate_default_period", default_period, "for how long duplicate remembers without :seconds"},
    {"sieve_duplicate_max_period", max_period, "the longest that :seconds may ask for"},
};

std::int64_t period_of(const Host& host, const SettingSpec& setting) {
  const auto period = parse_period(host.setting(std::string(setting.name)));
  return period ? *period : parse_period(setting.default_value).value_or(0);
}

class DuplicateTest final : public Test {
public:
  std::optional<Text> handle;
  std::optional<Text> header; // neither this nor the next: Message-ID
  std::optional<Text> unique_id;
  std::optional<std::uint64_t> seconds;
  bool last = false;

  bool test(Execution& execution) const override {
    const std::string id = id_of(execution);
    const std::int64_t period = seconds_of(execution.host());
    if (id.empty() || period == 0) return false;
    DuplicateMark mark{handle ? handle->value(execution) : std::string(), id, period};
    const bool seen = execution.host().seen(mark.handle, mark.id, mark.seconds);
    // The time counts from the first message, unless :last counts from the latest (section 3.3).
    if (!seen || last) execution.act(std::move(mark), *this);
    return seen;
  }

private:
  std::string id_of(Execution& execution) const {
    if (unique_id) return unique_id->value(execution);
    const std::string wanted = header ? header->value(execution) : "Message-ID";
    const mail::Field* field = mail::find_field(execution.message().fields(), wanted);
    return field != nullptr ? mail::decode_header(field->value) : std::string();
  }

  std::int64_t seconds_of(const Host& host) const {
    const std::int64_t most = period_of(host, settings[1]);
    if (!seconds) return std::min(period_of(host, settings[0]), most);
    return *seconds < static_cast<std::uint64_t>(most) ? static_cast<std::int64_t>(*seconds) : most;
  }
};

constexpr TagSpec tags[] = {{.name = "handle", .parameter = Type::string},
                            {.name = "header", .parameter = Type::string},
                            {.name = "uniqueid", .parameter = Type::string, .excludes = "header"},
                            {.name = "seconds", .parameter = Type::number},
                            {.name = "last"}};
constexpr TestSpec tests[] = {{.name = "duplicate", .tags = tags, .compile = compile_duplicate}};

} // namespace

std::unique_ptr<Test> compile_duplicate(Compiler&, Arguments& arguments) {
  auto node = std::make_unique<DuplicateTest>();
  node->handle = arguments.tag_text("handle");
  node->header = arguments.tag_text("header");
  node->unique_id = arguments.tag_text(arguments.tag("value") != nullptr ? "value" : "uniqueid");
  if (const TagUse* tag = arguments.tag("seconds")) node->seconds = tag->number;
  node->last = arguments.tag("last") != nullptr;
  return node;
}

extern const Extension duplicate_extension;
constinit const Extension duplicate_extension = {
    .name = "duplicate", .rfc = "7352", .tests = tests, .settings = settings};

} // namespace sieve
