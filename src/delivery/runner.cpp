// SPDX-License-Identifier: MIT
#include "delivery/runner.h"

#include "base/error.h"
#include "base/io.h"
#include "delivery/job.h"
#include "delivery/programs.h"
#include "delivery/submit.h"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <utility>

namespace delivery {

namespace {

constexpr std::uint32_t most_words = 10000;
constexpr std::uint32_t longest_words = 4 * 1024 * 1024; // all together; execve(2) takes less
constexpr std::uint64_t more_input = 64 * 1024 * 1024;   // than the message has, which a filter may have made
constexpr int most_requests = 1000;                      // scripts reach their own limits far before

struct Request {
  RunnerTask task;
  std::uint32_t words; // each a Length and its octets
  std::uint64_t input; // octets, after the words
};
using Length = std::uint32_t;

struct Answer {
  bool ran, timed_out, truncated;
  int status;
  std::uint64_t output; // octets that follow
};

template <typename Struct>
std::string_view octets_of(const Struct& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

/// False at the end of the stream.
bool read_exactly(int fd, char* buffer, std::size_t size) {
  while (size > 0) {
    const auto got = base::read_if_at_all(fd, buffer, size); // else sendmail's answer would be lost
    if (got == 0) return false;
    buffer += got;
    size -= got;
  }
  return true;
}

template <typename Struct>
bool read_struct(int fd, Struct& value) {
  return read_exactly(fd, reinterpret_cast<char*>(&value), sizeof value);
}

[[noreturn]] void refuse() { base::throw_errno(EPROTO, "the runner's request"); }

std::vector<std::string> read_words(int fd, std::uint32_t count) {
  if (count == 0 || count > most_words) refuse();
  std::vector<std::string> words;
  std::uint32_t left = longest_words;
  while (words.size() < count) {
    Length length = 0;
    if (!read_struct(fd, length) || length > left) refuse();
    left -= length;
    if (!read_exactly(fd, words.emplace_back(length, '\0').data(), length)) refuse();
  }
  return words;
}

base::Fd read_input(int fd, std::uint64_t size, std::uint64_t limit) {
  if (size > limit) refuse();
  base::Fd file = make_input(size);
  std::vector<char> buffer(65536);
  for (auto left = size; left > 0;) {
    const auto got = base::read_some(fd, buffer.data(), std::min<std::uint64_t>(left, buffer.size()));
    if (got == 0) refuse();
    base::write_all(file.get(), {buffer.data(), got});
    left -= got;
  }
  return file;
}

RunResult perform(const Job& job, RunnerTask task, const std::vector<std::string>& words, base::Fd input,
                  int socket) {
  std::optional<Run> what;
  if (task == RunnerTask::submit) what = submission_run(job, words);
  if (task == RunnerTask::program) what = program_run(job, words);
  if (!what) return {};
  what->input_file = std::move(input);
  what->asker = socket;
  return run(*what);
}

/// False when nobody waits for it any longer.
bool tell(int socket, const RunResult& result) {
  const Answer answer{result.ran, result.timed_out, result.truncated, result.status, result.output.size()};
  return base::write_if_at_all(socket, octets_of(answer)) && base::write_if_at_all(socket, result.output);
}

} // namespace

RunResult Runner::run(RunnerTask task, const std::vector<std::string>& words,
                      std::span<const std::string_view> input) const {
  const int socket = connect_ ? connect_() : -1;
  if (socket < 0) base::throw_errno(EPIPE, "no process to run a program");
  Request request{task, static_cast<std::uint32_t>(words.size()), 0};
  for (const auto piece : input) request.input += piece.size();
  std::string head(octets_of(request));
  for (const auto& word : words) head.append(octets_of(static_cast<Length>(word.size()))).append(word);
  base::write_all(socket, head);
  base::writev_all(socket, input);

  Answer answer{};
  if (!read_struct(socket, answer)) base::throw_errno(EPIPE, "no process to run a program");
  RunResult result{answer.ran, answer.status, answer.timed_out, answer.truncated,
                   std::string(answer.output, '\0')};
  if (!read_exactly(socket, result.output.data(), result.output.size()))
    base::throw_errno(EPIPE, "a program's output");
  return result;
}

void serve_runner(const Job& job, int socket) {
  prctl(PR_SET_CHILD_SUBREAPER, 1L); // what a program leaves behind at its deadline is ours to end
  Request request{};
  for (int i = 0; i < most_requests && read_struct(socket, request); ++i) {
    const auto words = read_words(socket, request.words);
    auto input = read_input(socket, request.input, 2 * job.spool.size() + more_input);
    if (!tell(socket, perform(job, request.task, words, std::move(input), socket))) return;
  }
}

} // namespace delivery
