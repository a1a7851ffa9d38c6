// SPDX-License-Identifier: MIT
#include "delivery/answered.h"

#include "base/io.h"
#include "base/process.h"

#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace delivery {

Answered::Answered() : parent_pid_(getpid()) {
  auto [parents, childs] = base::make_socket_pair();
  parent_ = std::move(parents);
  child_ = std::move(childs);
}

void Answered::tell(bool given) {
  if (given && parent_) send(parent_.get(), "", 1, MSG_NOSIGNAL); // a child that is gone need not know
  parent_ = base::Fd();
}

bool Answered::parent_lives() const { return getppid() == parent_pid_; }

bool Answered::wait() const {
  char word = 0;
  return base::read_some(child_.get(), &word, 1) == 1;
}

} // namespace delivery
