// SPDX-License-Identifier: MIT
// lastmile-sieve filter: a script applied to mail that is in a mailbox already.
#include "base/file.h"
#include "base/log.h"
#include "delivery/errors.h"
#include "delivery/maildir_folder.h"
#include "sieve/settings.h"
#include "tools/envelope.h"
#include "tools/filter_mailbox.h"
#include "tools/moment.h"
#include "tools/output.h"
#include "tools/progress.h"
#include "tools/subcommand.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <map>
#include <optional>

namespace tools {

namespace {

std::atomic<bool> interrupted = false;

/// The message at hand is finished, then the run ends with its summary. A second signal ends it at once.
void stop_when_interrupted() {
  struct sigaction action {};
  action.sa_handler = [](int) { interrupted = true; };
  action.sa_flags = SA_RESETHAND;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
}

/// Where a mailbox of the command line lies: which store it belongs to, and which folder of it it is.
struct Location {
  std::string path, root;
  delivery::FolderName folder;
  bool maildir = true;
};

std::string without_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path.find('/') == std::string::npos ? "./" + path : path;
}

/// A folder of a Maildir++ is known by the dot in front of its name and the Maildir around it.
Location locate(const std::string& operand) {
  Location at{without_slash(operand), without_slash(operand), {}, true};
  std::error_code error;
  const auto there = std::filesystem::status(at.path, error);
  if (error) throw std::system_error(error, operand);
  at.maildir = std::filesystem::is_directory(there) && delivery::is_maildir(at.path, true);
  if (!at.maildir && !std::filesystem::is_regular_file(there))
    throw std::runtime_error(operand + ": this is neither a Maildir nor an mbox");
  const auto slash = at.path.rfind('/');
  const std::string name = at.path.substr(slash + 1);
  if (!at.maildir || !name.starts_with('.') || name.size() < 2) return at;
  const std::string parent = at.path.substr(0, slash);
  for (const auto& folder : delivery::maildir_folders(parent)) {
    if (folder.on_disk('.', false) != name.substr(1) && folder.on_disk('.', true) != name.substr(1)) continue;
    at.root = parent;
    at.folder = folder;
  }
  return at;
}

/// Where a folder of a Maildir++ lies; its name may be in either encoding.
std::string folder_path(const std::string& root, const delivery::FolderName& folder) {
  const std::string path = root + "/." + folder.on_disk('.', false);
  return delivery::is_maildir(path, false) ? path : root + "/." + folder.on_disk('.', true);
}

/// The folders below one, itself first.
std::vector<Location> tree_of(const Location& top) {
  std::vector<Location> tree{top};
  for (const auto& folder : delivery::maildir_folders(top.root)) {
    if (top.folder.is_inbox() || folder.str().starts_with(top.folder.str() + '/'))
      tree.push_back({folder_path(top.root, folder), top.root, folder, true});
  }
  return tree;
}

/// The option that names the mailboxes' store is the mailbox itself.
void use_store(const Location& at, const CommandLine& line, RunWorld& world) {
  using delivery::StoreKind;
  if (!line.has("mail")) {
    world.settings.mail.kind = at.maildir ? StoreKind::maildir : StoreKind::mbox;
    world.settings.mail.path = at.root;
  }
  world.mailboxes.emplace(world.settings, world.account, "", std::nullopt);
}

class Filter {
public:
  Filter(const CommandLine& line, const ScriptFile& script) : line_(line), script_(script) {
    if (const auto since = line.value("since")) since_ = given_moment("--since", *since);
  }

  /// run() of what may be no mailbox: those after it are not to suffer.
  bool try_run(const std::string& operand) {
    try {
      return run(operand);
    } catch (const UsageError&) {
      throw;
    } catch (const delivery::Failure& failure) {
      print_error("lastmile-sieve: filter: " + operand + ": " + failure.what() + '\n');
    } catch (const std::exception& error) {
      print_error(std::string("lastmile-sieve: filter: ") + error.what() + '\n');
    }
    return false;
  }

  /// False if the run was interrupted or something failed.
  bool run(const std::string& operand) {
    const Location at = locate(operand);
    RunWorld world(line_, user_of(line_));
    use_store(at, line_, world);
    world_ = &world;
    const RunHost host(line_.operands().front(), world);
    host_ = &host;
    limits_ = sieve::limits_from_settings(host);
    if (!at.maildir || !line_.has("recursive")) {
      go_through(operand, *open(at));
    } else {
      // All are listed before the first message moves, so that none is met twice.
      std::vector<std::pair<std::string, std::unique_ptr<FilterMailbox>>> mailboxes;
      for (const auto& one : tree_of(at))
        mailboxes.emplace_back(operand + one.path.substr(at.path.size()), open(one));
      for (const auto& [path, mailbox] : mailboxes)
        if (!interrupted) go_through(path, *mailbox);
    }
    return good_ && !interrupted;
  }

private:
  std::unique_ptr<FilterMailbox> open(const Location& at) const {
    const bool only_new = line_.has("only-new");
    if (at.maildir) return open_maildir_folder(at.path, at.folder, *world_->mailboxes, only_new);
    return open_mbox_file(at.path, *world_, only_new, execute_);
  }

  void go_through(const std::string& name, FilterMailbox& mailbox) {
    done_ = seen_ = failures_ = 0;
    counts_.clear();
    {
      Progress progress(mailbox.count());
      for (std::size_t i = 0; i < mailbox.count() && !interrupted; ++i) {
        one(mailbox, i);
        progress.step(++done_);
      }
    }
    mailbox.finish();
    tell_summary(name, mailbox.count());
    good_ = good_ && failures_ == 0;
  }

  void one(FilterMailbox& mailbox, std::size_t index) {
    try {
      const auto message = mailbox.open(index);
      if (message == nullptr) return gone();
      if (since_ && message->received() < *since_) return;
      ++seen_;
      const FilterPlan plan = decide(mailbox, *message);
      if (execute_ && plan.changes() && !mailbox.apply(index, *message, plan)) return gone();
      tell(mailbox, index, plan);
    } catch (const delivery::Failure& failure) {
      failed(mailbox.name(index), failure.what());
    } catch (const std::system_error& error) {
      failed(mailbox.name(index), error.what());
    }
  }

  FilterPlan decide(const FilterMailbox& mailbox, const FilterMessage& message) const {
    sieve::Evaluation evaluation(*host_, {message.octets(), envelope_of(line_, message.octets())}, limits_);
    const bool good = evaluation.run(*script_.script);
    const auto outcome = evaluation.finish();
    auto plan = filter_plan(outcome, mailbox.folder(), *world_, line_.has("allow-discard"));
    if (!mailbox.sets_flags()) plan.flags.clear();
    if (!good) plan.notes.push_back("the script ends in an error: " + sieve::headline(outcome.log.back()));
    return plan;
  }

  void tell(const FilterMailbox& mailbox, std::size_t index, const FilterPlan& plan) {
    for (const auto& word : words_of(plan)) {
      ++counts_[word];
      if (line_.has("list")) print(mailbox.name(index) + ": " + word + '\n');
    }
  }

  void gone() { ++counts_["gone meanwhile"]; }

  void failed(const std::string& name, const char* why) {
    ++failures_;
    print_error("lastmile-sieve: filter: " + name + ": " + why + '\n');
  }

  void tell_summary(const std::string& operand, std::size_t count) const {
    print(operand + ": " + std::to_string(seen_) + (seen_ == 1 ? " message" : " messages") +
          (execute_ ? "\n" : ", nothing is changed without --execute\n"));
    for (const auto& [word, number] : counts_) {
      std::string column = std::to_string(number);
      column.insert(0, column.size() < 9 ? 9 - column.size() : 0, ' ');
      print(column + "  " + word + '\n');
    }
    if (failures_ != 0) print(std::to_string(failures_) + " failed, and are where they were\n");
    if (interrupted)
      print("interrupted after " + std::to_string(done_) + " of " + std::to_string(count) +
            ": the same command goes on with the rest\n");
  }

  const CommandLine& line_;
  const ScriptFile& script_;
  const bool execute_ = line_.has("execute");
  std::optional<std::int64_t> since_;
  RunWorld* world_ = nullptr;
  const RunHost* host_ = nullptr;
  sieve::Limits limits_;
  std::map<std::string, std::size_t> counts_;
  std::size_t done_ = 0, seen_ = 0, failures_ = 0;
  bool good_ = true;
};

int filter(const CommandLine& line) {
  base::open_log(base::LogTarget::standard_error, base::LogFormat::text, "lastmile-sieve");
  const auto& operands = line.operands();
  const RunWorld world(line, user_of(line));
  const ScriptPlaces places = places_of(world.settings, world.account);
  const ScriptFile script = compile_file(operands.front(), ScriptHost(operands.front(), places));
  for (const auto& diagnostic : script.diagnostics) print_error(shown(diagnostic, script));
  if (script.script == nullptr) return 1;
  stop_when_interrupted();
  Filter filter(line, script);
  bool good = true;
  for (std::size_t i = 1; i < operands.size() && !interrupted; ++i)
    good = filter.try_run(operands[i]) && good;
  return good ? 0 : 1;
}

constexpr OptionSpec options[] = {
    {.name = "execute", .letter = 'e', .help = "do it: move, copy, set flags"},
    {.name = "recursive", .letter = 'r', .help = "the folders below a Maildir too"},
    {.name = "allow-discard", .help = "delete what the script discards"},
    {.name = "since", .parameter = "DATE", .help = "only mail that arrived since: 2026-11-21"},
    {.name = "only-new", .help = "only mail that nobody has seen yet"},
    {.name = "list", .letter = 'l', .help = "a line for each message too"},
    {.name = "mail", .parameter = "LOCATION", .help = "where folders are, if not beside the mailbox"},
    {.name = "user", .letter = 'u', .parameter = "NAME", .help = "the login name, else $USER"},
    {.name = "from", .letter = 'f', .parameter = "ADDRESS", .help = "the envelope's sender of all of it"},
    {.name = "to", .letter = 't', .parameter = "ADDRESS", .help = "the envelope's recipient of all of it"},
    {.name = "home", .parameter = "DIR", .help = "the user's home, else $HOME"},
    {.name = "config", .letter = 'c', .parameter = "FILE", .help = "settings of lastmile.conf(5)"},
    {.name = "set", .parameter = "KEY=VALUE", .help = "one of these settings"},
};

} // namespace

extern const Subcommand filter_subcommand;
constinit const Subcommand filter_subcommand = {.name = "filter",
                                                .synopsis = "[OPTION...] SCRIPT MAILBOX...",
                                                .help = "apply a script to mail that is there already",
                                                .options = options,
                                                .least_operands = 2,
                                                .run = filter};

} // namespace tools
