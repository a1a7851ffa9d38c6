// SPDX-License-Identifier: MIT
// Runs every file of dialogues/ against a session in a process of its own.
#include "base/ascii.h"
#include "base/io.h"
#include "base/process.h"
#include "dialogue.h"
#include "fake_receiver.h"
#include "lmtp/session.h"
#include "support/catch.h"
#include "talk.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <sys/socket.h>

namespace {

lmtp::SessionOptions options_of(const Dialogue& dialogue) {
  lmtp::SessionOptions options = test_options();
  for (const auto& [key, value] : dialogue.options) {
    const auto number = base::parse_number(value).value_or(0);
    if (key == "size-limit")
      options.size_limit = number;
    else if (key == "max-recipients")
      options.max_recipients = number;
    else if (key == "timeout")
      options.timeout = std::chrono::seconds(number);
    else if (key == "trust-client")
      options.trust_client = value == "yes";
    else
      throw std::runtime_error("unknown option " + key);
  }
  return options;
}

/// Serves one connection; its result is the messages, each ended by a NUL and a line feed.
base::Child serve(int socket, const lmtp::SessionOptions& options) {
  return base::Child::spawn(
      [&](int result) {
        FakeReceiver receiver;
        const int status = lmtp::Session(socket, socket, receiver, options).run();
        ::shutdown(socket, SHUT_RDWR); // the player reads the result only after the last reply
        for (const auto& delivery : receiver.deliveries)
          base::write_all(result, delivery.message + '\0' + '\n');
        return status;
      },
      16U << 20);
}

class Player {
public:
  explicit Player(const std::string& file) : file_(file), dialogue_(read_dialogue(file)) {
    int ends[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    client_ = base::Fd(ends[0]);
    base::Fd server(ends[1]);
    session_.emplace(serve(server.get(), options_of(dialogue_)));
  }

  void play() {
    std::string status = "0";
    std::string expected_messages;
    for (const Step& step : dialogue_.steps) {
      INFO(file_ << ':' << step.number);
      switch (step.kind) {
      case Step::Kind::send: base::write_all(client_.get(), step.text, deadline()); break;
      case Step::Kind::expect: expect(step); break;
      case Step::Kind::close: ::shutdown(client_.get(), SHUT_WR); break;
      case Step::Kind::status: status = step.text; break;
      case Step::Kind::message: expected_messages += step.text + '\0' + '\n'; break;
      }
    }
    ::shutdown(client_.get(), SHUT_WR);
    INFO(file_);
    CHECK(line() == end_of_replies);
    const auto result = session_->finish(deadline());
    CHECK_FALSE(result.timed_out);
    CHECK(result.signal == 0);
    CHECK(std::to_string(result.exit_status) == status);
    CHECK(result.output == expected_messages);
  }

private:
  static constexpr const char* end_of_replies = "(end)";
  static base::Deadline deadline() { return base::Clock::now() + std::chrono::seconds(20); }

  void expect(const Step& step) {
    const std::string got = line();
    INFO("expected " << step.text << ", got " << got);
    REQUIRE(matches(step.text, got));
  }

  std::string line() {
    for (;;) {
      const auto end = input_.find("\r\n");
      if (end != std::string::npos) {
        std::string result = input_.substr(0, end);
        input_.erase(0, end + 2);
        return result;
      }
      char buffer[4096];
      const auto got = base::read_some(client_.get(), buffer, sizeof buffer, deadline());
      if (got == 0) return input_.empty() ? end_of_replies : input_;
      input_.append(buffer, got);
    }
  }

  std::string file_;
  Dialogue dialogue_;
  base::Fd client_;
  std::optional<base::Child> session_;
  std::string input_;
};

} // namespace

TEST_CASE("dialogues") {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(TEST_DIALOGUES)) {
    if (entry.path().extension() == ".session") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  CHECK(files.size() >= 15);
  for (const auto& file : files) {
    INFO(file);
    Player(file).play();
  }
}
