// SPDX-License-Identifier: MIT
// What the program was told: the command line, the configuration file, the defaults, in this order. Each
// setting has one name in all of them, one default and one judge (option_table.cpp); lastmile.conf(5)
// describes them.
#pragma once

#include "base/command_line.h"
#include "base/log.h"
#include "delivery/settings.h"
#include "mail/address.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

enum class Mode {
  serve,
  deliver,
  explain_recipient,
  compile_users,
  print_config,
  check_config,
  version,
  help
};

struct Options {
  Mode mode = Mode::serve;
  std::string user;                    // --deliver, --explain-recipient
  std::string users, database;         // --compile-users
  std::optional<mail::Address> sender; // -f; `<>` and an empty text are the null sender

  delivery::Settings delivery;
  std::uint64_t size_limit = 0; // octets, as SIZE counts them (RFC 1870)
  std::size_t max_recipients = 0;
  std::chrono::seconds timeout{};
  bool trust_client = false;
  base::LogTarget log = base::LogTarget::syslog;
  base::LogFormat log_format = base::LogFormat::text;

  std::string effective; // for Mode::print_config: every setting as a line of lastmile.conf(5)
};

/// A wrong option, key or value. what() has a line for each fault, which begins with "FILE:LINE: " or
/// "command line: ". `mode` is what was asked for, as far as it was understood.
class OptionError : public std::runtime_error {
public:
  OptionError(Mode asked, const std::string& faults) : std::runtime_error(faults), mode(asked) {}
  Mode mode;
};

inline constexpr const char* default_config_file = "/etc/lastmile.conf";

/// Reads all three sources; the default file need not exist, one that -c names must. Throws OptionError.
Options read_options(int argc, const char* const* argv, const std::string& config_file = default_config_file);

/// What the command line understands, for its reader and for the shells' completion: the parameters and help
/// of the settings are left out, and "sieve_*" stands for those of sieve_options.h.
std::vector<base::OptionSpec> command_line_options();

/// What --help prints: fits a screen of 80 columns.
std::string help_text();
/// What --version prints.
std::string version_text();
