// SPDX-License-Identifier: MIT
// Scripts and messages as files, and the compiling of them.
#pragma once

#include "sieve/sieve.h"

#include <memory>
#include <optional>
#include <string>
#include <system_error>

namespace tools {

/// The octets of a file, "-" being standard input. Throws std::system_error with the path in its text.
std::string read_input(const std::string& path);
/// The line that tells of it, in the form of a diagnostic.
std::string unreadable(const std::string& path, const std::system_error& error);
/// What a file is called in what is shown.
std::string shown_name(const std::string& path);

/// Where scripts find what is not in them.
struct ScriptPlaces {
  std::string personal, global; // directories of scripts to include
  bool programs = false;        // may scripts run some?
};

/// A world with scripts to include alone: personal ones from the directory of the script that is looked at,
/// then from that of `places`.
class ScriptHost : public sieve::Host {
public:
  ScriptHost(const std::string& script_path, ScriptPlaces places);
  bool has_programs() const override { return places_.programs; }
  std::optional<std::string> script(sieve::ScriptLocation location, const std::string& name) const override;

private:
  std::string directory_;
  ScriptPlaces places_;
};

struct ScriptFile {
  std::string name;
  std::string source;
  sieve::Diagnostics diagnostics;              // those that people should see
  std::shared_ptr<const sieve::Script> script; // null: it has errors
};
/// Reads and compiles. A file that cannot be read, or is no text, has that as its one error.
ScriptFile compile_file(const std::string& path, const sieve::Host& host);

/// A diagnostic with its source line, where that is known: of an included script it is not.
std::string shown(const sieve::Diagnostic& diagnostic, const ScriptFile& file);

} // namespace tools
