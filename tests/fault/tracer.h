// SPDX-License-Identifier: MIT
// Runs a program and all that it starts, one process at a time: the youngest that can run does, the others
// wait. So each process makes the same calls in the same order whenever it is run, and a call has an address:
// (process, call), both counted from 0 as they come.
#pragma once

#include "tracee.h"

#include <cstdio>
#include <list>
#include <string>
#include <vector>

namespace fault {

enum class Action {
  none,
  fail,            // not executed, an error all the same
  lie,             // executed, and an error all the same
  kill_before,     // SIGKILL for the caller
  kill_after,      // once it is executed
  kill_all_before, // SIGKILL for all of them
  kill_all_after,
  crash,  // SIGSEGV for the caller, before
  orphan, // SIGKILL for the first process, before; the caller goes on alone
};

struct Fault {
  Action action = Action::none;
  unsigned process = 0;
  unsigned call = 0;
  int error = 0;
  std::string name; // of the call; another one at that place is left alone. Empty: any
};

/// What the filesystem of the test has and others have not.
struct Missing {
  bool unnamed_files = false; // O_TMPFILE
  bool links = false;
  bool any() const { return unnamed_files || links; }
};

class Tracer {
public:
  /// Calls are told to `report`, a line each, if it is not null; the one at which the fault was put always
  /// is.
  Tracer(const Fault& fault, const Missing& missing, std::FILE* report, bool all);

  /// Counting begins when the first process speaks to its standard output. Returns when all have ended: the
  /// exit status of the first, or 128 and its signal.
  int run(char* const* command);

private:
  struct Process {
    pid_t pid;
    unsigned index;
    enum class State { running, blocked, parked, stopped } state;
    int status = 0;       // of the stop
    bool fresh = true;    // its first SIGSTOP is still to come
    bool foreign = false; // runs another program
    unsigned calls = 0;
    long number = -1;    // of the call it is in
    long result = 0;     // what it will see of it, unless 0
    bool chosen = false; // it is in the call of the fault
  };

  void start(char* const* command);
  Process& add(pid_t pid);
  Process* find(pid_t pid);
  Process* youngest_stopped();
  bool anyone_runs() const;
  void await();
  void take(pid_t pid, int status);
  void find_blocked();
  void find_woken();
  void step(Process& process);
  void event(Process& process);
  void call(Process& process);
  void enter(Process& process, const SystemCall& call);
  void leave(Process& process, const SystemCall& call);
  bool is_missing(const SystemCall& call) const;
  void tell(const Process& process, const SystemCall& call, const char* what);
  void put_before(Process& process);
  void resume(Process& process, int signal);
  void kill_all();

  Fault fault_;
  Missing missing_;
  std::FILE* report_;
  bool all_;
  std::list<Process> processes_;
  std::vector<std::pair<pid_t, int>> early_; // stops of processes that nobody has told of yet
  unsigned known_ = 0;
  bool counting_ = false;
  bool done_ = false; // the fault was put: let them run
  int status_ = 0;
};

} // namespace fault
