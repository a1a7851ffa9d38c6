// SPDX-License-Identifier: MIT
#include "base/log.h"

#include "base/ascii.h"
#include "base/process.h"
#include "base/utf8.h"

#include <cerrno>
#include <exception>
#include <syslog.h>
#include <unistd.h>

namespace base {

namespace {

struct State {
  LogTarget target = LogTarget::none;
  LogFormat format = LogFormat::text;
  std::string program; // openlog(3) keeps the pointer
};

State& state() {
  static State current;
  return current;
}

constexpr std::size_t longest_line = 8192;  // one write(2), which pipes keep whole up to 4096
constexpr std::size_t longest_value = 1024; // a subject or an address of a megabyte is no log entry

int priority(LogLevel level) {
  switch (level) {
  case LogLevel::error: return LOG_ERR;
  case LogLevel::warning: return LOG_WARNING;
  case LogLevel::info: return LOG_INFO;
  case LogLevel::debug: return LOG_DEBUG;
  }
  return LOG_ERR;
}

std::string_view name(LogLevel level) {
  switch (level) {
  case LogLevel::error: return "error";
  case LogLevel::warning: return "warning";
  case LogLevel::info: return "info";
  case LogLevel::debug: return "debug";
  }
  return "error";
}

/// Quoted when a reader that splits at blanks and '=' would go astray.
std::string text_value(std::string_view value) {
  const std::string clean = printable(truncate_utf8(value, longest_value));
  if (clean.find_first_of(" \"=") == std::string::npos) return clean;
  std::string quoted = "\"";
  for (const char c : clean) {
    if (c == '"') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string json_string(std::string_view value) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string quoted = "\"";
  for (const char c : to_valid_utf8(truncate_utf8(value, longest_value))) {
    if (is_control(c)) {
      const auto octet = static_cast<unsigned char>(c);
      quoted += "\\u00";
      quoted += {digits[octet >> 4], digits[octet & 15]};
      continue;
    }
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string text_line(std::string_view text, const LogFields& fields) {
  std::string line = printable(truncate_utf8(text, longest_value));
  for (const auto& [key, value] : fields) {
    if (!value.empty()) line.append(" ").append(key).append("=").append(text_value(value));
  }
  return line;
}

std::string json_line(LogLevel level, std::string_view text, const LogFields& fields) {
  std::string line = "{\"level\":" + json_string(name(level)) + ",\"message\":" + json_string(text);
  for (const auto& [key, value] : fields) {
    if (!value.empty()) line.append(",").append(json_string(key)).append(":").append(json_string(value));
  }
  return line + '}';
}

void write_line(LogLevel level, std::string line) {
  if (state().target == LogTarget::syslog) {
    ::syslog(priority(level), "%s", line.c_str());
    return;
  }
  if (state().format == LogFormat::text)
    line = state().program + '[' + std::to_string(::getpid()) + "]: " + line;
  line = truncate_utf8(line, longest_line);
  line += '\n';
  // One try: a reader of the log that is slow or gone must not hold up mail.
  if (::write(STDERR_FILENO, line.data(), line.size()) < 0) return;
}

} // namespace

void open_log(LogTarget target, LogFormat format, const std::string& program) {
  if (target == LogTarget::standard_error && standard_error_is_client()) target = LogTarget::none;
  state() = {target, format, program};
  if (target == LogTarget::syslog) ::openlog(state().program.c_str(), LOG_PID, LOG_MAIL);
}

void connect_log() {
  if (state().target == LogTarget::syslog) ::openlog(state().program.c_str(), LOG_PID | LOG_NDELAY, LOG_MAIL);
}

void log(LogLevel level, std::string_view text, const LogFields& fields) {
  if (state().target == LogTarget::none) return;
  const int error = errno;
  try {
    const bool json = state().format == LogFormat::json;
    write_line(level, json ? json_line(level, text, fields) : text_line(text, fields));
  } catch (const std::exception&) { // no memory for a line: the mail matters more
  }
  errno = error;
}

} // namespace base
