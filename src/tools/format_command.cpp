// SPDX-License-Identifier: MIT
// lastmile-sieve format: scripts in their canonical form.
#include "base/error.h"
#include "base/file.h"
#include "base/unique_name.h"
#include "sieve/parser.h"
#include "tools/finding.h"
#include "tools/format/format.h"
#include "tools/output.h"
#include "tools/script_file.h"
#include "tools/subcommand.h"

#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace tools {

namespace {

/// Nothing, with the errors shown, for a script that cannot be read.
std::optional<std::string> formatted(const std::string& path, const std::string& source) {
  sieve::Diagnostics errors;
  const auto name = shown_name(path);
  const auto before = sieve::parse(source, name, {}, errors);
  for (const auto& error : errors) print_error(shown(error, source, Style::of(STDERR_FILENO)));
  if (!errors.empty()) return std::nullopt;
  std::string text = format_script(source);
  if (!same_meaning(before.commands, sieve::parse(text, name, {}, errors).commands) || !errors.empty())
    throw std::runtime_error(name + ": its meaning would change: left as it is");
  return text;
}

/// The file keeps its permissions; a symbolic link stays one.
void replace(const std::string& path, std::string_view text) {
  const std::string file = std::filesystem::canonical(path).string();
  const mode_t mode = base::status_of(base::open_file(file, O_RDONLY).get()).st_mode & 07777;
  base::replace_file(AT_FDCWD, base::unique_name(file), AT_FDCWD, file, text, true);
  if (::chmod(file.c_str(), mode) != 0) base::throw_errno("chmod " + file);
}

/// True if the script is readable, and with --check canonical.
bool format_one(const std::string& path, bool check, bool in_place) {
  std::string source;
  try {
    source = read_input(path);
  } catch (const std::system_error& error) {
    print_error(unreadable(path, error));
    return false;
  }
  const auto text = formatted(path, source);
  if (!text) return false;
  if (check) {
    if (*text != source) print(shown_name(path) + '\n');
    return *text == source;
  }
  if (!in_place) {
    print(*text);
  } else if (*text != source) {
    replace(path, *text);
  }
  return true;
}

int format(const CommandLine& line) {
  const bool in_place = line.has("in-place");
  bool good = true;
  for (const auto& path : line.operands()) {
    if (in_place && path == "-") throw UsageError("--in-place wants files");
    good = format_one(path, line.has("check"), in_place) && good;
  }
  return good ? 0 : 1;
}

constexpr OptionSpec options[] = {
    {.name = "check", .help = "name files that are not in this form: exit 1"},
    {.name = "in-place", .letter = 'i', .help = "write into the files what else is printed"},
};

} // namespace

extern const Subcommand format_subcommand;
constinit const Subcommand format_subcommand = {.name = "format",
                                                .synopsis = "[--check] [--in-place] FILE...",
                                                .help = "print scripts in their canonical form",
                                                .options = options,
                                                .least_operands = 1,
                                                .run = format};

} // namespace tools
