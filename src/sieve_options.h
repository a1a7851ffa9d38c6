// SPDX-License-Identifier: MIT
// The settings of the Sieve engine and its extensions. They are named where they are used
// (sieve::SettingSpec), with the names that other installations know: "sieve_vacation_min_period".
#pragma once

#include <string_view>
#include <utility>
#include <vector>

inline constexpr std::string_view sieve_option_prefix = "sieve_";

/// Name and default of each; a part between slashes in capitals stands for any text ("sieve_environment/X").
std::vector<std::pair<std::string_view, std::string_view>> sieve_options();

/// Is there a setting of this name, or one whose capitals it fills in?
bool is_sieve_option(std::string_view name);

/// Does a part of the name stand for any text?
bool is_pattern(std::string_view name);
