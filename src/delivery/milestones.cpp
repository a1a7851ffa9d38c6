// SPDX-License-Identifier: MIT
#include "delivery/milestones.h"

#include "base/error.h"
#include "base/io.h"
#include "base/process.h"

#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

namespace delivery {

Milestones::Milestones() : parent_pid_(getpid()) {
  auto [parents, childs] = base::make_socket_pair();
  parent_ = std::move(parents);
  child_ = std::move(childs);
}

void Milestones::begin_staging() const {
  if (send(child_.get(), "", 1, MSG_NOSIGNAL) != 1) base::throw_errno("tell that staging begins");
}

bool Milestones::staging_began() const {
  char word = 0;
  const auto got = recv(parent_.get(), &word, 1, MSG_DONTWAIT);
  return got > 0 || (got < 0 && errno != EAGAIN);
}

void Milestones::tell_answered(bool given) {
  if (given && parent_) send(parent_.get(), "", 1, MSG_NOSIGNAL); // a child that is gone need not know
  parent_ = base::Fd();
}

bool Milestones::wait_answered() const {
  char word = 0;
  return base::read_some(child_.get(), &word, 1) == 1;
}

bool Milestones::parent_lives() const { return getppid() == parent_pid_; }

} // namespace delivery
