// SPDX-License-Identifier: MIT
// Programs run for a confined child by a process beside it. The child may not fork or execute, and what it
// executed could gain no rights (sendmail may be set-group-ID); so it asks over a socket. The runner is
// forked by the parent, becomes the same user, and runs nothing but what the settings name:
//
//   parent ── forks when the child wants one ──► runner ── forks, executes ──► sendmail, a program
//      └── forks ──► child ═══ socket, one request at a time ═══╝
#pragma once

#include "delivery/run.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace delivery {

struct Job;

enum class RunnerTask : std::uint32_t { submit, program };

class Runner {
public:
  /// Gives the child's end of the socket, which somebody else owns; -1 when there is no runner to be had.
  /// Asked at each request, since most deliveries need none.
  using Connect = std::function<int()>;
  explicit Runner(Connect connect = {}) : connect_(std::move(connect)) {}

  /// `words` of a submission: see submit.cpp; of a program: its name and arguments. Waits for the end. Throws
  /// std::system_error when there is no runner.
  RunResult run(RunnerTask task, const std::vector<std::string>& words,
                std::span<const std::string_view> input) const;

private:
  Connect connect_;
};

/// The runner's life: one request after the other until the child is gone, whose end in the middle of one
/// kills what runs. Nothing that the child says is taken for more than arguments and input.
void serve_runner(const Job& job, int socket);

} // namespace delivery
