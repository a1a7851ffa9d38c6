// SPDX-License-Identifier: MIT
// Scripts and messages as files, and the compiling of them.
#pragma once

#include "sieve/sieve.h"

#include <memory>
#include <optional>
#include <string>

namespace tools {

/// The octets of a file, "-" being standard input. Throws std::system_error with the path in its text.
std::string read_input(const std::string& path);
/// What a file is called in what is shown.
std::string shown_name(const std::string& path);

/// A world with scripts to include alone: personal ones from the directory of the script that is looked at,
/// then, as delivery does it by default, from ~/sieve; global ones from where lastmile.conf(5) says.
class ScriptHost : public sieve::Host {
public:
  /// `programs`: scripts may run some.
  explicit ScriptHost(const std::string& script_path, bool programs = false);
  bool has_programs() const override { return programs_; }
  std::optional<std::string> script(sieve::ScriptLocation location, const std::string& name) const override;

private:
  std::string directory_;
  bool programs_;
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
