// SPDX-License-Identifier: MIT
// The log: syslog, stderr or none; lines of text or JSON objects. Control characters never reach it as such,
// so no message can forge a line.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace base {

enum class LogTarget { syslog, standard_error, none };
enum class LogFormat { text, json };
enum class LogLevel { error, warning, info, debug };

/// Where log lines go from now on. standard_error is refused (none is taken instead) when descriptor 2 is the
/// same open socket or pipe as descriptor 0 or 1: that is the client. `program` is the syslog tag.
void open_log(LogTarget target, LogFormat format, const std::string& program);
/// Connects to syslog now, not with the first line: for those who are confined before.
void connect_log();

using LogFields = std::vector<std::pair<std::string_view, std::string>>;

/// One line: "text key=value key="va lue"", or {"level":...,"message":...,"key":...}. Empty values are left
/// out. Never throws and never fails the caller.
void log(LogLevel level, std::string_view text, const LogFields& fields = {});

} // namespace base
