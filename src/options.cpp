// SPDX-License-Identifier: MIT
// The three sources of settings and their precedence.
#include "options.h"

#include "base/ascii.h"
#include "base/command_line.h"
#include "base/file.h"
#include "base/io.h"
#include "base/nearest.h"
#include "config.h"
#include "option_table.h"
#include "sieve_options.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <span>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace {

constexpr std::size_t config_file_limit = 1024 * 1024;

/// What one source says, by the names of the settings.
using Values = std::map<std::string, std::string, std::less<>>;

bool is_sieve(std::string_view key) { return key.starts_with(sieve_option_prefix); }

std::string did_you_mean(std::string_view wrong, bool on_command_line) {
  std::vector<std::string_view> names;
  if (on_command_line)
    names = {"deliver",      "explain-recipient", "compile-users", "print-config",
             "check-config", "version",           "help",          "config",
             "sender"};
  for (const Setting& setting : settings()) names.emplace_back(setting.name);
  const auto of_sieve = sieve_options();
  for (const auto& [name, fallback] : of_sieve) names.emplace_back(name);
  const auto name = base::nearest(wrong, names);
  return name.empty() ? "" : "; did you mean '" + std::string(name) + "'?";
}

/// Collects every fault, so that one run shows them all.
class Reader {
public:
  void command_line(int argc, const char* const* argv);
  void config_file(const std::string& path, bool must_exist);
  Options finish(Mode mode);

  bool has(const char* name) const { return command_line_.count(name) != 0; }
  const std::string& value(const char* name) const { return command_line_.find(name)->second; }

private:
  void fault(const std::string& where, const std::string& what) {
    faults_ += where + ": " + base::printable(what) + "\n";
  }
  bool trustworthy(const std::string& path, const struct stat& status);
  void line(const std::string& where, std::string_view text);
  void apply(Options& options, const Setting& setting, const std::string& text, const std::string& where);
  std::string apply_sources(Options& options, const Setting& setting);
  void take_sieve(const Values& source, std::map<std::string, std::string>& given);

  Values command_line_, file_;
  std::vector<std::string> operands_;
  std::map<std::string, std::string> places_; // "FILE:LINE" of each key of the file
  std::string faults_;
};

void Reader::command_line(int argc, const char* const* argv) {
  if (argc < 2) return;
  try {
    const auto specs = command_line_options();
    const base::CommandLine line(specs, std::span(argv, argc).subspan(1));
    for (const auto& [name, text] : line.given())
      if (!command_line_.emplace(name, text).second) fault("command line", "'" + name + "' was given twice");
    operands_ = line.operands();
    if (operands_.size() > (has("compile-users") ? 1 : 0))
      fault("command line", "only options are understood, each as --KEY=VALUE");
  } catch (const base::UnknownOption& error) {
    const auto bare = error.option.substr(std::min(error.option.find_first_not_of('-'), error.option.size()));
    fault("command line", "unknown option '" + error.option + "'" + did_you_mean(bare, true));
  } catch (const base::UsageError& error) {
    fault("command line", error.what());
  }
}

/// A file that others may write decides, for root, where mail goes and what is run.
bool Reader::trustworthy(const std::string& path, const struct stat& status) {
  if (status.st_uid == 0 && (status.st_mode & S_IWOTH) == 0) return true;
  if (!S_ISREG(status.st_mode) || geteuid() != 0) return true;
  fault(path, "does not belong to root, or everybody may write it");
  return false;
}

void Reader::config_file(const std::string& path, bool must_exist) {
  try {
    const auto file = base::open_if_exists(path, O_RDONLY);
    if (!file) {
      if (must_exist) fault(path, std::strerror(ENOENT));
      return;
    }
    const struct stat status = base::status_of(file->get());
    if (!trustworthy(path, status)) return;
    const std::string text =
        base::read_all(file->get(), config_file_limit, static_cast<std::size_t>(status.st_size));
    unsigned number = 0;
    for (const auto each : base::split(text, '\n')) line(path + ":" + std::to_string(++number), each);
  } catch (const std::system_error& error) {
    fault(path, error.code().message());
  }
}

void Reader::line(const std::string& where, std::string_view text) {
  text = base::trim(text);
  if (text.empty() || text[0] == '#') return;
  const auto equals = text.find('=');
  if (equals == std::string_view::npos) return fault(where, "expected KEY = VALUE");
  const std::string key(base::trim(text.substr(0, equals)));
  if (!find_setting(key) && !is_sieve(key))
    return fault(where, "unknown key '" + key + "'" + did_you_mean(key, false));
  if (const auto [earlier, first] = places_.emplace(key, where); !first)
    return fault(where, "'" + key + "' was set before, in " + earlier->second);
  file_.emplace(key, base::trim(text.substr(equals + 1)));
}

/// Judges one source's value and takes it over.
void Reader::apply(Options& options, const Setting& setting, const std::string& text,
                   const std::string& where) {
  try {
    for (const char c : text)
      if (base::is_control(c)) throw std::invalid_argument("control characters are no part of a value");
    if (text.find(" #") != std::string::npos)
      throw std::invalid_argument("a comment needs a line of its own, and no value holds a blank before a #");
    setting.apply(options, text);
  } catch (const std::invalid_argument& error) {
    fault(where, std::string(setting.name) + ": " + error.what());
  }
}

/// Every source is judged, also where a later one overrules it; returns the text in force. The default is
/// asked for only where it counts: every start would pay for it.
std::string Reader::apply_sources(Options& options, const Setting& setting) {
  const auto in_file = file_.find(setting.name);
  const auto in_command_line = command_line_.find(setting.name);
  std::string text;
  if (in_file == file_.end() && in_command_line == command_line_.end())
    apply(options, setting, text = default_text(setting), "default");
  if (in_file != file_.end())
    apply(options, setting, text = base::trim(in_file->second), places_[setting.name]);
  if (in_command_line != command_line_.end())
    apply(options, setting, text = base::trim(in_command_line->second), "command line");
  return text;
}

/// From the words themselves: a fault elsewhere on the command line must not turn --deliver into a session.
Mode mode_of(int argc, const char* const* argv) {
  Mode mode = Mode::serve;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--help" || word == "-h") return Mode::help;
    if (word == "--version") return Mode::version;
    if (word == "--check-config") mode = Mode::check_config;
    if (word == "--print-config") mode = Mode::print_config;
    if (word == "--compile-users" || word.starts_with("--compile-users=")) mode = Mode::compile_users;
    if (word == "--explain-recipient" || word.starts_with("--explain-recipient="))
      mode = Mode::explain_recipient;
    if ((word == "--deliver" || word.starts_with("--deliver=")) && mode == Mode::serve) mode = Mode::deliver;
  }
  return mode;
}

/// The engine judges these values itself, when it meets them.
void Reader::take_sieve(const Values& source, std::map<std::string, std::string>& given) {
  for (const auto& [key, value] : source) {
    if (!is_sieve(key)) continue;
    const std::string where = &source == &file_ ? places_[key] : "command line";
    if (!is_sieve_option(key)) fault(where, "unknown key '" + key + "'" + did_you_mean(key, false));
    given[key] = base::trim(value);
  }
}

std::string sieve_lines(const std::map<std::string, std::string>& given) {
  std::map<std::string, std::string> all = given;
  for (const auto& [name, fallback] : sieve_options())
    if (!is_pattern(name)) all.emplace(name, fallback);
  std::string lines;
  for (const auto& [name, value] : all) lines += name + (value.empty() ? " =" : " = " + value) + "\n";
  return lines;
}

Options Reader::finish(Mode mode) {
  Options options;
  options.mode = mode;
  if (has("deliver")) options.user = value("deliver");
  if (has("explain-recipient")) options.user = value("explain-recipient");
  if (has("compile-users")) {
    options.users = value("compile-users");
    options.database = operands_.empty() ? options.users + ".cdb" : operands_.front();
  }
  if (has("sender")) {
    const std::string sender = value("sender");
    options.sender = sender.empty() || sender == "<>" ? mail::Address{} : mail::parse_mailbox(sender);
    if (!options.sender) fault("command line", "-f: expected an address");
  }
  for (const Setting& setting : settings()) {
    const std::string text = apply_sources(options, setting);
    if (mode != Mode::print_config) continue;
    options.effective += std::string(setting.name) + (text.empty() ? " =" : " = " + text) + "\n";
  }
  take_sieve(file_, options.delivery.sieve);
  take_sieve(command_line_, options.delivery.sieve);
  if (mode == Mode::print_config) options.effective += sieve_lines(options.delivery.sieve);
  if (!faults_.empty()) throw OptionError(options.mode, faults_.substr(0, faults_.size() - 1));
  return options;
}

} // namespace

std::vector<base::OptionSpec> command_line_options() {
  std::vector<base::OptionSpec> specs{
      {"config", 'c', "FILE", "settings"},
      {"deliver", 0, "USER", "deliver a message on standard input"},
      {"sender", 'f', "ADDRESS", "the envelope's sender, with --deliver"},
      {"explain-recipient", 0, "ADDRESS", "show what a delivery would use"},
      {"compile-users", 0, "FILE", "make the database of users = cdb:"},
      {"print-config", 0, {}, "show the settings in force"},
      {"check-config", 0, {}, "judge the settings"},
      {"version", 0, {}, "show the version"},
      {"help", 'h', {}, "show the options"},
  };
  for (const Setting& setting : settings()) specs.push_back({setting.name, 0, "VALUE"});
  specs.push_back({"sieve_*", 0, "VALUE"}); // judged by sieve_options.h
  return specs;
}

Options read_options(int argc, const char* const* argv, const std::string& config_file) {
  const Mode mode = mode_of(argc, argv);
  if (mode == Mode::help || mode == Mode::version) { // these work whatever else is wrong
    Options options;
    options.mode = mode;
    return options;
  }
  Reader reader;
  reader.command_line(argc, argv);
  const bool named = reader.has("config");
  if (mode != Mode::compile_users || named)
    reader.config_file(named ? reader.value("config") : config_file, named);
  return reader.finish(mode);
}

std::string version_text() { return "lastmile " LASTMILE_VERSION "\n"; }

std::string help_text() {
  std::string text = "lastmile " LASTMILE_VERSION
                     ": delivers mail over LMTP, under Sieve, to Maildir and mbox\n\n"
                     "  lastmile [-c FILE] [--KEY=VALUE ...]            serve LMTP on stdin, stdout\n"
                     "  lastmile [...] --deliver USER [-f SENDER]       deliver a message on stdin\n"
                     "  lastmile [...] --explain-recipient ADDRESS      show what a delivery would use\n"
                     "  lastmile [...] --check-config | --print-config  judge or show settings\n"
                     "  lastmile --compile-users FILE [DATABASE]        for users = cdb:DATABASE\n"
                     "  lastmile --version | --help\n\n"
                     "Keys, here and in " +
                     std::string(default_config_file) + " (there: KEY = VALUE):\n";
  std::string line = " ";
  for (const Setting& setting : settings()) {
    const std::string_view name = setting.name;
    if (line.size() + 1 + name.size() > 78) {
      text += line + "\n";
      line = " ";
    }
    line += ' ';
    line += name;
  }
  return text + line + "\n\nlastmile.conf(5) explains them, lastmile(8) how an MTA starts it.\n";
}
