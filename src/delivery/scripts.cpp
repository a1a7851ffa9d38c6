// SPDX-License-Identifier: MIT
#include "delivery/scripts.h"

#include "base/log.h"
#include "delivery/account.h"
#include "delivery/errors.h"
#include "delivery/script_file.h"
#include "delivery/settings.h"
#include "sieve/settings.h"

#include <cerrno>
#include <optional>
#include <utility>
#include <vector>

namespace delivery {

namespace {

void log_unreadable(const std::string& path, const char* why) {
  base::log(base::LogLevel::error, "script cannot be used", {{"script", path}, {"error", why}});
}

/// A file that the user's own doing makes unreadable is like a script with an error. What the machine did
/// wrong is not.
bool is_users_doing(const std::system_error& error) {
  const int code = error.code().value();
  return code == EACCES || code == EPERM || code == ELOOP || code == EFBIG || code == ENAMETOOLONG ||
         code == EISDIR;
}

/// A directory that cannot be read has no scripts.
std::vector<std::string> paths_of(const std::string& path) {
  try {
    return scripts_there(path);
  } catch (const std::system_error& error) {
    if (!is_users_doing(error)) throw;
    log_unreadable(path, error.what());
  }
  return {};
}

/// True if the script is there, whether it can be used or not.
bool read_source(const std::string& path, const std::string& home, std::optional<std::string>& source) {
  try {
    source = read_script(path, home);
    return source.has_value();
  } catch (const Failure& failure) {
    log_unreadable(path, failure.what());
  } catch (const std::system_error& error) {
    if (!is_users_doing(error)) throw;
    log_unreadable(path, error.what());
  }
  return true;
}

/// For as long as the process lives: the evaluation may point into them, and to take apart what a thousand
/// rules became takes a tenth of the time of compiling and running them. The child ends with its one
/// delivery.
void keep(std::shared_ptr<const sieve::Script> script) {
  static std::vector<std::shared_ptr<const sieve::Script>> kept;
  kept.push_back(std::move(script));
}

class Runner {
public:
  Runner(const Account& account, const sieve::Host& host, const sieve::Input& input)
      : account_(account), host_(host), input_(input) {}

  /// A file, or all of a directory. False if there is none.
  bool run(const std::string& configured, bool personal) {
    if (configured.empty()) return false;
    bool any = false;
    for (const auto& path : paths_of(expand(configured, account_))) {
      std::optional<std::string> source;
      if (!read_source(path, personal ? account_.user.home : "", source)) continue;
      any = true;
      if (!source) continue;
      if (!evaluation_) begin();
      if (evaluation_->keep_in_force()) run_source(path, std::move(*source));
    }
    return any;
  }

  sieve::Outcome finish() { return evaluation_ ? evaluation_->finish() : sieve::Outcome(); }

private:
  /// Not for who has no script: most of the engine would be read from the disk's cache for nothing.
  void begin() {
    limits_ = sieve::limits_from_settings(host_);
    evaluation_.emplace(host_, input_, limits_);
  }

  void run_source(const std::string& path, std::string source) {
    sieve::Diagnostics diagnostics;
    sieve::CompileOptions options;
    options.name = path;
    options.host = &host_;
    options.limits = limits_;
    const auto script = sieve::compile(std::move(source), options, diagnostics);
    for (const auto& diagnostic : diagnostics) {
      if (diagnostic.severity == sieve::Severity::summary) continue; // the errors are told
      base::log(script ? base::LogLevel::warning : base::LogLevel::error, sieve::headline(diagnostic),
                {{"user", account_.user.name}});
    }
    if (!script) return;
    keep(script);
    evaluation_->run(*script);
  }

  const Account& account_;
  const sieve::Host& host_;
  const sieve::Input& input_;
  sieve::Limits limits_;
  std::optional<sieve::Evaluation> evaluation_;
};

} // namespace

sieve::Outcome run_scripts(const Settings& settings, const Account& account, const sieve::Host& host,
                           const sieve::Input& input) {
  Runner runner(account, host, input);
  for (const auto& path : settings.scripts_before) runner.run(path, false);
  bool own = false;
  for (auto path = settings.scripts.begin(); !own && path != settings.scripts.end(); ++path)
    own = runner.run(*path, true);
  if (!own) runner.run(settings.script_default, false);
  for (const auto& path : settings.scripts_after) runner.run(path, false);
  return runner.finish();
}

} // namespace delivery
