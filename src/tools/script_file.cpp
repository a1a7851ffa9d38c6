// SPDX-License-Identifier: MIT
#include "tools/script_file.h"

#include "base/fd.h"
#include "base/file.h"
#include "base/io.h"
#include "config.h"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace tools {

namespace {

constexpr std::size_t longest_input = std::size_t(1) << 30;

std::optional<std::string> read_if_there(const std::string& path) {
  const auto fd = base::open_if_exists(path, O_RDONLY | O_NONBLOCK); // a FIFO would wait for its writer
  if (!fd) return std::nullopt;
  return base::read_all(fd->get(), longest_input);
}

/// With or without the ending that people give to files of scripts.
std::optional<std::string> find_script(const std::string& directory, const std::string& name) {
  auto source = read_if_there(directory + '/' + name + ".sieve");
  return source ? source : read_if_there(directory + '/' + name);
}

/// One component without a dot in front, as RFC 6609 section 3.2 wants: it never leaves the directory.
bool is_script_name(const std::string& name) {
  return !name.empty() && name.front() != '.' && name.find('/') == std::string::npos &&
         name.find('\0') == std::string::npos;
}

sieve::Diagnostic fault(const std::string& name, sieve::Position position, const std::string& text) {
  return {sieve::Severity::error, name, position, text};
}

/// Where a NUL octet stands: no script has one, every binary file does.
std::optional<sieve::Position> find_nul(std::string_view source) {
  const auto at = source.find('\0');
  if (at == std::string_view::npos) return std::nullopt;
  const auto before = source.substr(0, at);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto line_start = before.rfind('\n') + 1; // npos + 1 is 0
  return sieve::Position{static_cast<unsigned>(line), static_cast<unsigned>(at - line_start + 1)};
}

} // namespace

std::string read_input(const std::string& path) {
  try {
    if (path == "-") return base::read_all(STDIN_FILENO, longest_input);
    return base::read_all(base::open_file(path, O_RDONLY).get(), longest_input);
  } catch (const std::system_error& error) {
    throw std::system_error(error.code(), shown_name(path));
  }
}

std::string unreadable(const std::string& path, const std::system_error& error) {
  return shown_name(path) + ": error: cannot be read: " + error.code().message() + '\n';
}

std::string shown_name(const std::string& path) { return path == "-" ? "(standard input)" : path; }

ScriptHost::ScriptHost(const std::string& script_path, ScriptPlaces places) : places_(std::move(places)) {
  const auto slash = script_path.rfind('/');
  directory_ = slash == std::string::npos ? "." : script_path.substr(0, slash + 1);
}

std::optional<std::string> ScriptHost::script(sieve::ScriptLocation location, const std::string& name) const {
  if (!is_script_name(name)) return std::nullopt;
  if (location == sieve::ScriptLocation::global) return find_script(places_.global, name);
  auto source = find_script(directory_, name);
  return source ? source : find_script(places_.personal, name);
}

ScriptFile compile_file(const std::string& path, const sieve::Host& host) {
  ScriptFile file;
  file.name = shown_name(path);
  try {
    file.source = read_input(path);
  } catch (const std::system_error& error) {
    file.diagnostics.push_back(fault(file.name, {}, "cannot be read: " + error.code().message()));
    return file;
  }
  if (const auto nul = find_nul(file.source)) {
    file.diagnostics.push_back(fault(file.name, *nul, "this is no script: a NUL octet stands here"));
    file.source.clear(); // nothing of it can be shown
    return file;
  }
  file.script = sieve::compile(file.source, {.name = file.name, .host = &host}, file.diagnostics);
  std::erase_if(file.diagnostics, [](const sieve::Diagnostic& diagnostic) {
    return diagnostic.severity == sieve::Severity::summary;
  });
  return file;
}

std::string shown(const sieve::Diagnostic& diagnostic, const ScriptFile& file) {
  return sieve::format(diagnostic, diagnostic.script == file.name ? file.source : std::string_view());
}

} // namespace tools
