// SPDX-License-Identifier: MIT
#include "tracer.h"

#include "system_calls.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace fault {

namespace {

constexpr long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
                         PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;

bool is_link(long number) {
#ifdef SYS_link
  if (number == SYS_link) return true;
#endif
  return number == SYS_linkat;
}

/// To the client: the greeting is the first time.
bool speaks(const SystemCall& call) {
  const bool sends = call.number == SYS_write || call.number == SYS_sendto || call.number == SYS_sendmsg;
  return sends && call.args[0] == STDOUT_FILENO;
}

bool kills_after(Action action) { return action == Action::kill_after || action == Action::kill_all_after; }

} // namespace

Tracer::Tracer(const Fault& fault, const Missing& missing, std::FILE* report, bool all)
    : fault_(fault), missing_(missing), report_(report), all_(all) {}

int Tracer::run(char* const* command) {
  prctl(PR_SET_CHILD_SUBREAPER, 1); // who is orphaned is waited for as well
  start(command);
  while (!processes_.empty()) {
    find_woken();
    Process* const next = anyone_runs() ? nullptr : youngest_stopped();
    if (next != nullptr)
      step(*next);
    else
      await();
  }
  while (wait(nullptr) > 0) {}
  return status_;
}

void Tracer::start(char* const* command) {
  const pid_t pid = fork();
  if (pid == 0) {
    ptrace(PTRACE_TRACEME, 0, 0, 0);
    raise(SIGSTOP);
    execv(command[0], command);
    _exit(127);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  ptrace(PTRACE_SETOPTIONS, pid, 0, options);
  const int null = open("/dev/null", O_RDWR | O_CLOEXEC); // the connection ends when theirs do
  dup2(null, STDIN_FILENO);
  dup2(null, STDOUT_FILENO);
  Process& process = add(pid);
  process.fresh = false;
  resume(process, 0);
}

Tracer::Process& Tracer::add(pid_t pid) {
  return processes_.emplace_back(Process{pid, known_++, Process::State::running});
}

Tracer::Process* Tracer::find(pid_t pid) {
  const auto found =
      std::find_if(processes_.begin(), processes_.end(), [&](const Process& p) { return p.pid == pid; });
  return found == processes_.end() ? nullptr : &*found;
}

Tracer::Process* Tracer::youngest_stopped() {
  for (auto process = processes_.rbegin(); process != processes_.rend(); ++process)
    if (process->state == Process::State::stopped) return &*process;
  return nullptr;
}

bool Tracer::anyone_runs() const {
  return std::any_of(processes_.begin(), processes_.end(),
                     [](const Process& process) { return process.state == Process::State::running; });
}

/// The next event. Somebody who waits for another of them (or for us) must not hold them up: while others
/// could go on, it is looked at from time to time.
void Tracer::await() {
  const bool others = youngest_stopped() != nullptr;
  int status = 0;
  const pid_t pid = waitpid(-1, &status, __WALL | (others ? WNOHANG : 0));
  if (pid > 0) return take(pid, status);
  if (pid < 0 && errno == ECHILD) return processes_.clear();
  usleep(50);
  find_blocked();
}

void Tracer::find_blocked() {
  for (auto& process : processes_)
    if (process.state == Process::State::running && state_of(process.pid) == 'S')
      process.state = Process::State::blocked;
}

/// Whoever was blocked and has got what it waited for runs, and is waited for in its turn.
void Tracer::find_woken() {
  for (auto& process : processes_) {
    if (process.state != Process::State::blocked) continue;
    const char state = state_of(process.pid);
    if (state != 'S' && state != 'D') process.state = Process::State::running;
  }
}

void Tracer::take(pid_t pid, int status) {
  Process* const process = find(pid);
  if (WIFSTOPPED(status)) {
    if (process == nullptr) return early_.emplace_back(pid, status), void();
    process->state = Process::State::stopped;
    process->status = status;
    return;
  }
  if (process == nullptr) return;
  if (process->index == 0) status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  processes_.remove_if([&](const Process& p) { return p.pid == pid; });
}

void Tracer::step(Process& process) {
  const int signal = WSTOPSIG(process.status);
  if (process.status >> 16 != 0) return event(process);
  if (signal == (SIGTRAP | 0x80)) return call(process);
  const bool first = signal == SIGSTOP && std::exchange(process.fresh, false);
  resume(process, first ? 0 : signal);
}

void Tracer::event(Process& process) {
  const int kind = process.status >> 16;
  if (kind == PTRACE_EVENT_FORK || kind == PTRACE_EVENT_VFORK || kind == PTRACE_EVENT_CLONE) {
    unsigned long born = 0;
    ptrace(PTRACE_GETEVENTMSG, process.pid, 0, &born);
    const auto pid = static_cast<pid_t>(born);
    Process& child = add(pid);
    child.foreign = process.foreign;
    const auto early =
        std::find_if(early_.begin(), early_.end(), [&](const auto& stop) { return stop.first == pid; });
    if (early != early_.end()) {
      take(pid, early->second);
      early_.erase(early);
    }
  }
  resume(process, 0);
  if (kind == PTRACE_EVENT_VFORK) process.state = Process::State::parked; // until its child lets it go
}

void Tracer::call(Process& process) {
  const SystemCall call = current_call(process.pid);
  if (call.entry)
    enter(process, call);
  else
    leave(process, call);
}

void Tracer::enter(Process& process, const SystemCall& call) {
  process.number = call.number;
  if (process.index == 0 && speaks(call)) counting_ = true;
  if (!counting_) return resume(process, 0);
  const unsigned place = process.calls++;
  process.chosen = !done_ && fault_.action != Action::none && process.index == fault_.process &&
                   place == fault_.call && (fault_.name.empty() || fault_.name == call_name(call.number));
  if (all_) tell(process, call, "call");
  if (process.chosen) {
    tell(process, call, "fault");
    return put_before(process);
  }
  if (is_missing(call)) {
    skip_call(process.pid);
    process.result = is_link(call.number) ? -EPERM : -EOPNOTSUPP;
  }
  resume(process, 0);
}

bool Tracer::is_missing(const SystemCall& call) const {
  if (missing_.links && is_link(call.number)) return true;
  return missing_.unnamed_files && call.number == SYS_openat && (call.args[2] & O_TMPFILE) == O_TMPFILE;
}

/// Line: what process call number-in-process name first-argument-or-path second-path.
void Tracer::tell(const Process& process, const SystemCall& call, const char* what) {
  if (report_ == nullptr) return;
  const auto name = call_name(call.number);
  std::string detail;
  if (name == "open" || name == "stat" || name == "access" || name == "mkdir" || name == "unlink" ||
      name == "link" || name == "rename" || name == "execve" || name == "lstat")
    detail = text_at(process.pid, call.args[0]);
  else if (name.size() > 2 && name.compare(name.size() - 2, 2, "at") == 0 && name != "fstat")
    detail = path_at(process.pid, call.args[0], call.args[1]);
  else if (call.args[0] < 1024)
    detail = file_of(process.pid, static_cast<int>(call.args[0]));
  if (name == "link" || name == "rename")
    detail += " -> " + text_at(process.pid, call.args[1]);
  else if (name == "linkat" || name == "renameat")
    detail += " -> " + path_at(process.pid, call.args[2], call.args[3]);
  const bool creates = (name == "openat" && (call.args[2] & O_CREAT) != 0) ||
                       (name == "open" && (call.args[1] & O_CREAT) != 0);
  std::fprintf(report_, "%s\t%u\t%u\t%s%s\t%s\n", what, process.index, process.calls - 1, name.c_str(),
               creates ? ":create" : "", detail.c_str());
}

void Tracer::put_before(Process& process) {
  done_ = !kills_after(fault_.action);
  switch (fault_.action) {
  case Action::kill_before: kill(process.pid, SIGKILL); break;
  case Action::crash: kill(process.pid, SIGSEGV); break;
  case Action::kill_all_before: return kill_all();
  case Action::orphan: kill(processes_.front().pid, SIGKILL); break;
  case Action::fail:
    if (never_fails(process.number)) break;
    skip_call(process.pid);
    process.result = -fault_.error;
    break;
  case Action::lie: process.result = -fault_.error; break;
  default: break;
  }
  resume(process, 0);
}

void Tracer::leave(Process& process, const SystemCall& call) {
  if (process.result != 0) set_result(process.pid, std::exchange(process.result, 0));
  if (process.number == SYS_execve && call.result == 0 && counting_) process.foreign = true;
  if (std::exchange(process.chosen, false) && kills_after(fault_.action)) {
    done_ = true;
    if (fault_.action == Action::kill_all_after) return kill_all();
    kill(process.pid, SIGKILL);
  }
  resume(process, 0);
}

void Tracer::kill_all() {
  for (auto& process : processes_) {
    kill(process.pid, SIGKILL);
    process.state = Process::State::running;
  }
}

void Tracer::resume(Process& process, int signal) {
  process.state = Process::State::running;
  const bool watched = !process.foreign && (!done_ || process.result != 0 || missing_.any());
  ptrace(watched ? PTRACE_SYSCALL : PTRACE_CONT, process.pid, 0, signal);
}

} // namespace fault
