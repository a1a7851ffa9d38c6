// SPDX-License-Identifier: MIT
// lastmile: options, limits and signals, a session, an exit status.
#include "base/ascii.h"
#include "base/io.h"
#include "base/log.h"
#include "base/process.h"
#include "delivery/agent.h"
#include "delivery/scripts.h"
#include "delivery/users_cdb.h"
#include "delivery/valid_since.h"
#include "explain_recipient.h"
#include "lmtp/session.h"
#include "local_delivery.h"
#include "mail/reply.h"
#include "options.h"

#include <csignal>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>
#include <sys/auxv.h>
#include <sysexits.h>
#include <unistd.h>
#include <utility>

namespace {

void print(const std::string& text) { base::write_all(STDOUT_FILENO, text); }

/// To the log, and to standard error if that is not the client; a line each.
void complain(const std::string& text) noexcept {
  try {
    for (const auto line : base::split(text, '\n')) base::log(base::LogLevel::error, line);
    if (!base::standard_error_is_client()) base::write_all(STDERR_FILENO, text + "\n");
  } catch (const std::exception&) { // nobody listens
  }
}

/// The client hears 421, so that mail waits until the administrator has mended it.
int refuse_to_serve(const std::string& text, int status) {
  complain(text);
  print(mail::Reply{421, "4.3.5", "This server is not configured correctly, try again later"}.wire());
  return status;
}

/// A message waits until the settings are right: many an MTA takes EX_CONFIG for a refusal, and bounces.
int refuse_settings(Mode mode, const std::string& faults) {
  if (mode == Mode::serve || mode == Mode::deliver)
    base::open_log(base::LogTarget::syslog, base::LogFormat::text, "lastmile"); // who would see it else?
  if (mode == Mode::serve) return refuse_to_serve(faults, EX_CONFIG);
  complain(faults);
  return mode == Mode::deliver ? EX_TEMPFAIL : EX_CONFIG;
}

/// The kernel said at the start what four system calls would ask.
bool runs_with_foreign_rights() {
  return getauxval(AT_EUID) != getauxval(AT_UID) || getauxval(AT_EGID) != getauxval(AT_GID);
}

/// Without SA_RESTART, so that waiting for the client ends.
void shut_down_at_sigterm() {
  struct sigaction action {};
  action.sa_handler = [](int) { lmtp::Session::request_shutdown(); };
  sigaction(SIGTERM, &action, nullptr);
}

int serve(const Options& options, delivery::Agent& agent) {
  lmtp::SessionOptions session;
  session.hostname = options.delivery.hostname;
  session.size_limit = options.size_limit;
  session.max_recipients = options.max_recipients;
  session.timeout = options.timeout;
  session.trust_client = options.trust_client;
  session.rrvs = delivery::knows_since_when(options.delivery.users);
  lmtp::Session conversation(STDIN_FILENO, STDOUT_FILENO, agent, std::move(session));
  conversation.greet(); // the client does not wait for more
  shut_down_at_sigterm();
  return conversation.run();
}

int compile_users(const Options& options) {
  try {
    delivery::compile_users(options.users, options.database);
    return EX_OK;
  } catch (const delivery::CompileError& error) {
    complain(error.what());
    return EX_DATAERR;
  }
}

/// Why something cannot be looked up is told where the administrator reads the rest.
int explain(const Options& options) {
  base::open_log(base::LogTarget::standard_error, base::LogFormat::text, "lastmile");
  const Explanation explanation = explain_recipient(options, options.user);
  print(explanation.text);
  return exit_status(explanation.reply);
}

int run(const Options& options) {
  switch (options.mode) {
  case Mode::help: print(help_text()); return EX_OK;
  case Mode::version: print(version_text()); return EX_OK;
  case Mode::print_config: print(options.effective); return EX_OK;
  case Mode::compile_users: return compile_users(options);
  case Mode::explain_recipient: return explain(options);
  default: break;
  }
  base::open_log(options.log, options.log_format, "lastmile");
  delivery::Settings settings = options.delivery;
  settings.reject_by_mail = options.mode == Mode::deliver;
  delivery::Agent agent(std::move(settings), delivery::run_scripts);
  if (options.mode == Mode::check_config) return EX_OK;
  return options.mode == Mode::deliver ? deliver_local(options, agent, STDIN_FILENO) : serve(options, agent);
}

} // namespace

#ifdef __GLIBCXX__
/// In the place of libstdc++'s, which tells standard error the name of the exception: that may be the client,
/// and what makes names readable takes 50 KB.
void __gnu_cxx::__verbose_terminate_handler() { std::abort(); }
#endif

int main(int argc, char** argv) {
  Mode mode = Mode::serve;
  try {
    base::fill_standard_streams();
    base::close_inherited();
    if (runs_with_foreign_rights())
      return refuse_to_serve("lastmile must not be set-user-ID or set-group-ID", EX_NOPERM);
    const Options options = read_options(argc, argv);
    mode = options.mode;
    return run(options);
  } catch (const OptionError& error) {
    return refuse_settings(error.mode, error.what());
  } catch (const std::invalid_argument& error) {
    return refuse_settings(mode, error.what());
  } catch (const std::exception& error) {
    complain(error.what());
    return mode == Mode::deliver ? EX_TEMPFAIL : EX_SOFTWARE;
  }
}
