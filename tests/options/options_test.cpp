// SPDX-License-Identifier: MIT
#include "options.h"

#include "base/nearest.h"
#include "option_table.h"
#include "support/catch.h"

#include <cstdio>
#include <fstream>
#include <initializer_list>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace {

/// A configuration file that is gone after the test.
class ConfigFile {
public:
  explicit ConfigFile(const std::string& text) : path_("/tmp/lastmile-options-" + std::to_string(getpid())) {
    std::ofstream(path_) << text;
  }
  ~ConfigFile() { std::remove(path_.c_str()); }
  const std::string& path() const { return path_; }

private:
  std::string path_;
};

Options read(std::initializer_list<const char*> arguments,
             const std::string& file = "/nonexistent/lastmile.conf") {
  std::vector<const char*> argv{"lastmile"};
  argv.insert(argv.end(), arguments);
  return read_options(static_cast<int>(argv.size()), argv.data(), file);
}

std::string faults(std::initializer_list<const char*> arguments, const std::string& text = "") {
  const ConfigFile file(text);
  try {
    read(arguments, file.path());
  } catch (const OptionError& error) {
    std::string what = error.what();
    for (auto at = what.find(file.path()); at != std::string::npos; at = what.find(file.path()))
      what.replace(at, file.path().size(), "FILE");
    return what;
  }
  return "none";
}

} // namespace

TEST_CASE("with nothing said the defaults are those of the manual") {
  const Options options = read({});
  CHECK(options.mode == Mode::serve);
  CHECK(options.size_limit == 50u * 1024 * 1024);
  CHECK(options.max_recipients == 1000);
  CHECK(options.timeout == std::chrono::seconds(300));
  CHECK(options.delivery.mail.path == "~/Maildir");
  CHECK(options.delivery.scripts == std::vector<std::string>{"~/.sieve", "~/.dovecot.sieve"});
  CHECK(options.delivery.jobs == 4);
  CHECK(!options.delivery.hostname.empty());
  CHECK(options.log == base::LogTarget::syslog);
  CHECK(!options.trust_client);
}

TEST_CASE("the defaults of the table are those of the types") {
  const delivery::Settings types;
  const auto read_defaults = read({}).delivery;
  CHECK(read_defaults.scripts == types.scripts);
  CHECK(read_defaults.include_personal == types.include_personal);
  CHECK(read_defaults.include_global == types.include_global);
  CHECK(read_defaults.recipient_delimiter == types.recipient_delimiter);
  CHECK(read_defaults.mbox_locks == types.mbox_locks);
  CHECK(read_defaults.lock_timeout == types.lock_timeout);
  CHECK(read_defaults.sendmail == types.sendmail);
  CHECK(read_defaults.fsync == types.fsync);
  CHECK(read_defaults.sandbox == types.sandbox);
  CHECK(read_defaults.delivered_to == types.delivered_to);
  CHECK(read_defaults.original_to == types.original_to);
  CHECK(!read_defaults.folders);
}

TEST_CASE("the command line overrules the file, and the file the default") {
  const ConfigFile file("# a comment\n\n  jobs = 7 \nhostname=mx.example.org\n");
  const Options options = read({"--jobs=9", "--timeout", "2m"}, file.path());
  CHECK(options.delivery.jobs == 9);
  CHECK(options.delivery.hostname == "mx.example.org");
  CHECK(options.timeout == std::chrono::minutes(2));
  CHECK(read({"-c", file.path().c_str()}).delivery.jobs == 7);
}

TEST_CASE("-c names a file that must exist; the usual one need not") {
  CHECK_NOTHROW(read({}));
  CHECK_THROWS_AS(read({"-c", "/nonexistent/other.conf"}), OptionError);
}

TEST_CASE("sizes and times have units") {
  CHECK(read({"--size-limit=10K"}).size_limit == 10240);
  CHECK(read({"--size-limit=1G"}).size_limit == 1u << 30);
  CHECK(read({"--size-limit=12345"}).size_limit == 12345);
  CHECK(read({"--lock-timeout=1h"}).delivery.lock_timeout == std::chrono::hours(1));
  CHECK(faults({"--timeout=0"}) == "command line: timeout: expected a time of at least one second");
}

TEST_CASE("a wrong key names file, line and the nearest right key") {
  CHECK(faults({}, "\nsize_limit = 5M\n") == "FILE:2: unknown key 'size_limit'; did you mean 'size-limit'?");
  CHECK(faults({}, "mial = maildir:~/Maildir\n") == "FILE:1: unknown key 'mial'; did you mean 'mail'?");
  CHECK(faults({}, "quux = 5\n") == "FILE:1: unknown key 'quux'");
  CHECK(faults({"--recieved=no"}) == "command line: unknown option '--recieved'; did you mean 'received'?");
}

TEST_CASE("no option may be shortened") {
  CHECK(faults({"--max-recip=5"}).find("unknown option '--max-recip'") != std::string::npos);
}

TEST_CASE("a wrong value names file, line and key") {
  CHECK(faults({}, "jobs = many\n") == "FILE:1: jobs: expected a number from 1 to 1000");
  CHECK(faults({}, "jobs = 0\n") == "FILE:1: jobs: expected a number from 1 to 1000");
  CHECK(faults({}, "\n\nfsync = maybe\n") == "FILE:3: fsync: expected yes or no");
  CHECK(faults({"--log=file"}) == "command line: log: expected syslog, stderr or none");
  CHECK(faults({}, "sendmail = sendmail\n") == "FILE:1: sendmail: expected a path that begins with /");
}

TEST_CASE("a wrong value in the file is a fault although the command line overrules it") {
  CHECK(faults({"--jobs=2"}, "jobs = many\n") == "FILE:1: jobs: expected a number from 1 to 1000");
}

TEST_CASE("what is no line of a configuration is a fault") {
  CHECK(faults({}, "jobs\n") == "FILE:1: expected KEY = VALUE");
  CHECK(faults({}, "jobs = 2\njobs = 3\n") == "FILE:2: 'jobs' was set before, in FILE:1");
  CHECK(faults({}, "hostname = mx # ours\n").find("a comment needs a line of its own") != std::string::npos);
  CHECK(faults({}, "mail-group = a\x01z\n").find("control characters") != std::string::npos);
}

TEST_CASE("all faults are told at once") {
  CHECK(faults({"--log=file"}, "jobs = many\nmial = x\n") ==
        "FILE:2: unknown key 'mial'; did you mean 'mail'?\nFILE:1: jobs: expected a number from 1 to 1000\n"
        "command line: log: expected syslog, stderr or none");
}

TEST_CASE("a word that belongs to no option is a fault") {
  CHECK(faults({"anne"}) == "command line: only options are understood, each as --KEY=VALUE");
  CHECK(faults({"--log=none", "--log", "stderr"}) == "command line: 'log' was given twice");
  CHECK(faults({"x.cdb"}) == "command line: only options are understood, each as --KEY=VALUE");
  CHECK(faults({"--compile-users", "a", "b", "c"}) ==
        "command line: only options are understood, each as --KEY=VALUE");
  CHECK(faults({"--print-config=yes"}) == "command line: option --print-config takes no value");
  CHECK(faults({"--log-form=text"}).starts_with("command line: unknown option '--log-form'"));
  CHECK(faults({"-x"}).starts_with("command line: unknown option '-x'"));
  CHECK(faults({"--log"}) == "command line: option --log wants VALUE");
  CHECK(faults({"--=x"}).starts_with("command line: unknown option '--'"));
}

TEST_CASE("--compile-users: a file, and a database whose name may be left out") {
  const auto both = read({"--compile-users", "/etc/users", "/etc/other.cdb"});
  CHECK(both.mode == Mode::compile_users);
  CHECK(both.users == "/etc/users");
  CHECK(both.database == "/etc/other.cdb");
  CHECK(read({"--compile-users=/etc/users"}).database == "/etc/users.cdb");
}

TEST_CASE("the effective settings are a configuration that says the same again") {
  const std::string first =
      read({"--print-config", "--jobs=3", "--users=passwd:/etc/mailusers", "--folders=mbox:~/mail"})
          .effective;
  CHECK(first.find("\njobs = 3\n") != std::string::npos);
  const ConfigFile file(first);
  CHECK(read({"--print-config"}, file.path()).effective == first);
}

TEST_CASE("what the Sieve engine and its extensions can be told are keys too") {
  const ConfigFile file("sieve_max_redirects = 7\nsieve_max_actions = 9\n");
  const auto sieve = read({"--sieve_max_actions=12"}, file.path()).delivery.sieve;
  CHECK(sieve.at("sieve_max_redirects") == "7");
  CHECK(sieve.at("sieve_max_actions") == "12");
  CHECK(sieve.size() == 2);
  CHECK(faults({}, "sieve_max_redirect = 7\n") ==
        "FILE:1: unknown key 'sieve_max_redirect'; did you mean 'sieve_max_redirects'?");
  CHECK(faults({"--sieve_max_redirect=7"}) ==
        "command line: unknown key 'sieve_max_redirect'; did you mean 'sieve_max_redirects'?");
  const std::string first = read({"--print-config", "--sieve_max_redirects=3"}).effective;
  CHECK(first.find("\nsieve_max_redirects = 3\n") != std::string::npos);
  CHECK(first.find("\nsieve_max_script_size = 1M\n") != std::string::npos);
  const ConfigFile again(first);
  CHECK(read({"--print-config"}, again.path()).effective == first);
}

TEST_CASE("deliver takes a user, and a sender that may be null") {
  const Options options = read({"--deliver", "anne", "-f", "ben@example.org"});
  CHECK(options.mode == Mode::deliver);
  CHECK(options.user == "anne");
  CHECK(options.sender->str() == "ben@example.org");
  CHECK(read({"--deliver=anne", "-f", "<>"}).sender->empty());
  CHECK(!read({"--deliver=anne"}).sender);
  CHECK(faults({"--deliver=anne", "-f", "a b@c"}) == "command line: -f: expected an address");
}

TEST_CASE("the fault remembers what was asked for") {
  const char* argv[] = {"lastmile", "--deliver=anne", "--jobs=x"};
  try {
    read_options(3, argv, "/nonexistent/lastmile.conf");
    FAIL("no fault was found");
  } catch (const OptionError& error) {
    CHECK(error.mode == Mode::deliver);
  }
}

TEST_CASE("root trusts no file that others may write") {
  if (geteuid() != 0) return;
  const ConfigFile file("jobs = 2\n");
  REQUIRE(chmod(file.path().c_str(), 0666) == 0);
  CHECK_THROWS_AS(read({}, file.path()), OptionError);
  REQUIRE(chmod(file.path().c_str(), 0644) == 0);
  REQUIRE(chown(file.path().c_str(), 12345, 0) == 0);
  CHECK_THROWS_AS(read({}, file.path()), OptionError);
}

TEST_CASE("help fits a screen and names every key") {
  const std::string help = help_text();
  std::size_t lines = 0, width = 0;
  for (const char c : help) {
    lines += c == '\n';
    width = c == '\n' ? 0 : width + 1;
    CHECK(width <= 80);
  }
  CHECK(lines <= 24);
  for (const Setting& setting : settings()) CHECK(help.find(setting.name) != std::string::npos);
}

TEST_CASE("the nearest word is found, or none") {
  const std::string_view words[] = {"mail", "fsync", "sandbox"};
  CHECK(base::nearest("mial", words) == "mail");
  CHECK(base::nearest("Fsync", words) == "fsync");
  CHECK(base::nearest("sandbx", words) == "sandbox");
  CHECK(base::nearest("zzzzzz", words).empty());
  CHECK(base::nearest("", words).empty());
}
