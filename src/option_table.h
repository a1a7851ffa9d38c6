// SPDX-License-Identifier: MIT
// The settings: one line each, the same for the command line, the configuration file and --print-config.
#pragma once

#include "options.h"

#include <span>
#include <string>
#include <string_view>

struct Setting {
  const char* name;
  const char* fallback; // the default, as a user would write it; null: depends on who runs where
  /// Judges a value and takes it over. Throws std::invalid_argument with a plain sentence.
  void (*apply)(Options& options, const std::string& text);
};

/// In the order of lastmile.conf(5).
std::span<const Setting> settings();
/// The default, made concrete.
std::string default_text(const Setting& setting);
/// Null if there is none of that name.
const Setting* find_setting(std::string_view name);
