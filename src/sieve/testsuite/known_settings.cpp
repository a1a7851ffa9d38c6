// SPDX-License-Identifier: MIT
#include "sieve/testsuite/known_settings.h"

#include "base/ascii.h"
#include "sieve/settings.h"

#include <algorithm>

namespace sieve::testsuite {

namespace {

/// Settings that only a test has, and families: all that begins like that.
constexpr std::string_view families[] = {
    "sieve_user_email",
    "sieve_redirect_",
    "sieve_script/",
    "sieve_environment/",
    "sieve_extlists_list",
    "sieve_editheader_header",
    "sieve_spamtest_text_value",
    "sieve_virustest_text_value",
    "sieve_spamtest_max_",
    "sieve_virustest_max_",
    "sieve_pipe_",
    "sieve_filter_",
    "sieve_execute_",
    "sieve_convert_",
    // Every extension is there in a test, and a trace is asked for elsewhere: these change nothing.
    "sieve_extensions",
    "sieve_global_extensions",
    "sieve_plugins",
    "sieve_trace_",
    // So do those of scripts' places, quotas and logs.
    "sieve_before",
    "sieve_after",
    "sieve_default",
    "sieve_discard",
    "sieve_dir",
    "sieve_global",
    "sieve_implicit_extensions",
    "sieve_plugin_dir",
    "sieve_quota_",
    "sieve_resource_usage_timeout",
    "sieve_user_log",
    // Of earlier releases: they stand for others.
    "sieve_env_",
    "sieve_editheader_forbid_",
    "sieve_editheader_protected",
    "sieve_vacation_dont_check_recipient",
};

} // namespace

bool is_known_setting(std::string_view name) {
  if (!name.starts_with("sieve_")) return true;
  const auto begins = [&](std::string_view family) { return name.starts_with(family); };
  if (std::any_of(std::begin(families), std::end(families), begins)) return true;
  const auto names = [&](const SettingSpec& setting) { return setting.name == name; };
  const auto in = [&](std::span<const SettingSpec> settings) {
    return std::any_of(settings.begin(), settings.end(), names);
  };
  const auto extensions = all_extensions();
  return in(engine_settings()) || std::any_of(extensions.begin(), extensions.end(),
                                              [&](const Extension* one) { return in(one->settings); });
}

} // namespace sieve::testsuite
