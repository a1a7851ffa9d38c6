// SPDX-License-Identifier: MIT
// Programs and sendmail through the runner: what they are given, what they are not, how they end.
#include "base/process.h"
#include "delivery/job.h"
#include "delivery/runner.h"
#include "fault.h"
#include "fixture.h"
#include "support/catch.h"

#include <cerrno>
#include <csignal>
#include <functional>
#include <system_error>
#include <thread>

using namespace delivery;
using namespace fixture;

namespace {

struct World {
  Directory directory;
  Settings settings;
  Evaluator evaluator;
  mail::Envelope envelope;
  mail::Recipient recipient;
  Account account;
  base::Spool spool;
  std::optional<base::Child> child;
  base::Fd socket;

  World() {
    settings.hostname = "mx.example";
    settings.programs = directory.path();
    settings.sendmail = directory / "sendmail";
    settings.limits.program = std::chrono::seconds(1);
    envelope.reverse_path = {"alice\nX", "example.org"};
    account.user.name = "bob";
    account.user.home = directory.path();
    account.address = {"bob", "example.com"};
  }

  /// `prepare` runs in the process that runs the programs.
  Runner runner(const std::function<void()>& prepare = [] {}) {
    auto pair = base::make_socket_pair();
    auto& ours = pair.first;
    auto& its = pair.second;
    const Job job{settings, evaluator, envelope, recipient, account, spool, {"id", 0, ""}, {}, Runner()};
    child = base::Child::spawn([&](int) {
      ours = base::Fd();
      prepare();
      serve_runner(job, its.get());
      return 0;
    });
    socket = std::move(ours);
    return Runner([fd = socket.get()] { return fd; });
  }

  void program(const std::string& name, const std::string& text) const {
    write(directory / name, "#!/bin/sh\n" + text + "\n");
    chmod((directory / name).c_str(), 0755);
  }
};

/// True once there is no such process any more.
bool ends(pid_t pid) {
  for (int i = 0; i < 2000; ++i) {
    if (kill(pid, 0) != 0 && errno == ESRCH) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

/// Waits for a program of a test to note its process number.
pid_t pid_in(const std::string& path) {
  for (int i = 0; i < 2000; ++i) {
    const auto text = read(path);
    if (!text.empty() && text.back() == '\n') return std::stoi(text);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return -1;
}

} // namespace

TEST_CASE("runner: no shell, a fixed environment, arguments and input as they are") {
  World world;
  setenv("LASTMILE_TEST_SECRET", "x", 1);
  world.program("show", "printf '%s|' \"$@\"; env | sort | tr '\\n' ' '; pwd; cat");
  const std::string_view input[] = {"one ", "two"};
  const auto result = world.runner().run(RunnerTask::program, {"show", "$(id) ; `id`", "", "a b"}, input);
  unsetenv("LASTMILE_TEST_SECRET");
  REQUIRE(result.succeeded());
  CHECK(result.output.find("$(id) ; `id`||a b|HOME=" + world.directory.path() +
                           " HOST=mx.example LC_ALL=C LOGNAME=bob PATH=/usr/sbin:/usr/bin:/sbin:/bin PWD=") ==
        0);
  CHECK(result.output.find("SECRET") == std::string::npos);
  CHECK(result.output.find("RECIPIENT=bob@example.com SENDER=") != std::string::npos);
  CHECK(result.output.find("\nX") == std::string::npos);
  CHECK(result.output.find(world.directory.path() + "\none two") != std::string::npos);
}

TEST_CASE("runner: no descriptor but the three streams") {
  World world;
  const int left_open = dup(0); // not close-on-exec, as a careless starter leaves it
  world.program("descriptors", "ls /proc/self/fd | tr '\\n' ' '");
  const auto result = world.runner().run(RunnerTask::program, {"descriptors"}, {});
  close(left_open);
  CHECK(result.output == "0 1 2 3 "); // 3: the directory that ls reads
}

TEST_CASE("runner: names lead nowhere else") {
  World world;
  const auto runner = world.runner();
  for (const auto* name : {"../bin/true", "/bin/true", "", ".", "..", ".hidden", "a b", "sub/x", "x\n"})
    CHECK_FALSE(runner.run(RunnerTask::program, {name}, {}).ran);
  CHECK_FALSE(runner.run(RunnerTask::program, {"absent"}, {}).ran);
  CHECK_FALSE(runner.run(static_cast<RunnerTask>(7), {"true"}, {}).ran);
  const std::string nul("a\0b", 3);
  CHECK_FALSE(runner.run(RunnerTask::program, {"absent", nul}, {}).ran);
  world.settings.programs.clear();
  CHECK_FALSE(world.runner().run(RunnerTask::program, {"true"}, {}).ran);
}

TEST_CASE("runner: sendmail gets the arguments that a submission has, and no line ends") {
  World world;
  world.program("sendmail", "printf '%s|' \"$@\"; cat");
  const auto runner = world.runner();
  const auto run = [&](const std::vector<std::string>& words) {
    const std::string_view input[] = {"mail"};
    return runner.run(RunnerTask::submit, words, input);
  };
  CHECK(run({"a@b", "never", "full", "id", "-bp", "b@c"}).output ==
        "-i|-f|a@b|-N|never|-R|full|-V|id|--|-bp|b@c|mail");
  CHECK(run({"<>", "never", "full", "id", "b@c"}).output == "-i|-f|<>|--|b@c|mail");
  CHECK(run({"-C/x", "", "", "", "b@c"}).output == "-i|-f|-C/x|--|b@c|mail");
  CHECK_FALSE(run({"a@b", "", "", ""}).ran);
  CHECK_FALSE(run({"a@b", "", "", "", "b@c\nRCPT"}).ran);
  CHECK_FALSE(run({"a@b\r", "", "", "", "b@c"}).ran);
}

TEST_CASE("runner: Exim and msmtp are not told of notifications") {
  World world;
  const std::string name = GENERATE("exim4", "msmtp");
  world.program(name, "printf '%s|' \"$@\"; cat");
  REQUIRE(symlink(name.c_str(), world.settings.sendmail.c_str()) == 0);
  const std::string_view input[] = {"mail"};
  CHECK(world.runner().run(RunnerTask::submit, {"a@b", "success", "full", "id", "b@c"}, input).output ==
        "-i|-f|a@b|--|b@c|mail");
}

TEST_CASE("runner: at the deadline a program ends with all that it started") {
  World world;
  const auto noted = world.directory / "pid";
  world.program("slow", "setsid sh -c 'echo $$ > " + noted + "; exec sleep 60' & sleep 60");
  const auto runner = world.runner();
  const auto result = runner.run(RunnerTask::program, {"slow"}, {});
  CHECK(result.timed_out);
  CHECK_FALSE(result.succeeded());
  CHECK(ends(pid_in(noted)));
  world.program("fast", "exit 0");
  CHECK(runner.run(RunnerTask::program, {"fast"}, {}).succeeded());
}

TEST_CASE("runner: a program ends when the child that asked is gone") {
  World world;
  world.settings.limits.program = std::chrono::seconds(60);
  const auto noted = world.directory / "pid";
  world.program("slow", "setsid sh -c 'echo $$ > " + noted + "; exec sleep 60' & sleep 60");
  const auto runner = world.runner();
  auto asker = base::Child::spawn([&](int) {
    runner.run(RunnerTask::program, {"slow"}, {});
    return 0;
  });
  world.socket = base::Fd(); // the asker has the only one
  const pid_t pid = pid_in(noted);
  REQUIRE(pid > 0);
  asker.kill(SIGKILL);
  CHECK(ends(pid));
  CHECK(world.child->finish(base::Clock::now() + std::chrono::seconds(20)).clean());
}

TEST_CASE("runner: what a program did is told, also when calls fail") {
  World world;
  world.program("once", "echo x >>" + (world.directory / "ran") + "; echo done");
  const auto call = GENERATE(fault::Call::write, fault::Call::waitpid);
  const auto n = GENERATE(1u, 2u);
  const auto runner = world.runner([&] {
    for (unsigned i = 0; i < 3; ++i) fault::fail(call, n, EIO);
  });
  const auto result = runner.run(RunnerTask::program, {"once"}, {});
  CHECK(result.succeeded());
  CHECK(result.output == "done\n");
  CHECK(read(world.directory / "ran") == "x\n");
}

TEST_CASE("runner: what a program did is heard, also when a read fails") {
  World world;
  world.program("once", "echo x >>" + (world.directory / "ran") + "; echo done");
  const auto runner = world.runner();
  for (unsigned i = 0; i < 3; ++i) fault::fail(fault::Call::read, 1, EIO); // one after the other
  const auto result = runner.run(RunnerTask::program, {"once"}, {});
  fault::disarm();
  CHECK(result.succeeded());
  CHECK(result.output == "done\n");
}

TEST_CASE("runner: too much output, and nobody there") {
  World world;
  world.program("sendmail", "head -c 100000 /dev/zero");
  world.settings.limits.program = std::chrono::seconds(10);
  const auto sent = world.runner().run(RunnerTask::submit, {"<>", "", "", "", "a@b"}, {});
  CHECK(sent.truncated);
  CHECK_FALSE(sent.succeeded());
  CHECK_THROWS_AS(Runner().run(RunnerTask::program, {"yes"}, {}), std::system_error);
}

TEST_CASE("runner: requests that make no sense end it") {
  World world;
  const auto runner = world.runner();
  CHECK_THROWS_AS(runner.run(RunnerTask::program, {}, {}), std::system_error);
  CHECK_FALSE(world.child->finish(base::Clock::now() + std::chrono::seconds(5)).clean());
}
