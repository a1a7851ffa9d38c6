// SPDX-License-Identifier: MIT
#include "delivery/milestones.h"

#include "base/error.h"
#include "base/process.h"
#include "delivery/channel.h"

#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utility>

namespace delivery {

namespace {

// What the parent says.
constexpr char answered_word = 'A', unanswered_word = 'N', runner_word = 'R';

/// One descriptor that goes with a message (unix(7), SCM_RIGHTS).
class Rights {
public:
  explicit Rights(int fd = -1) {
    cmsghdr header{};
    header.cmsg_level = SOL_SOCKET;
    header.cmsg_type = SCM_RIGHTS;
    header.cmsg_len = CMSG_LEN(sizeof fd);
    std::memcpy(space_, &header, sizeof header);
    std::memcpy(space_ + CMSG_LEN(0), &fd, sizeof fd);
  }
  void add_to(msghdr& message) {
    message.msg_control = space_;
    message.msg_controllen = sizeof space_;
  }
  /// -1: none came.
  static int taken_from(const msghdr& message) {
    int fd = -1;
    const cmsghdr* header = CMSG_FIRSTHDR(&message);
    if (header != nullptr && header->cmsg_type == SCM_RIGHTS && header->cmsg_len == CMSG_LEN(sizeof fd))
      std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
    return fd;
  }

private:
  alignas(cmsghdr) char space_[CMSG_SPACE(sizeof(int))] = {};
};

} // namespace

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

void Milestones::pass_runner(const base::Fd& socket) const {
  char word = runner_word;
  iovec piece{&word, 1};
  Rights rights(socket.get());
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  if (socket) rights.add_to(message);
  if (sendmsg(parent_.get(), &message, MSG_NOSIGNAL) != 1 && socket)
    pass_runner({}); // better none than to wait
}

/// The word, and what came with it; NUL when the parent is gone.
char Milestones::next_word() {
  char word = 0;
  iovec piece{&word, 1};
  Rights rights;
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  rights.add_to(message);
  ssize_t got = 0;
  do got = recvmsg(child_.get(), &message, MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  if (got != 1) return '\0';
  if (const int fd = Rights::taken_from(message); fd >= 0) runner_ = base::Fd(fd);
  if (word == answered_word || word == unanswered_word) answered_ = word == answered_word;
  return word;
}

int Milestones::runner(Channel& channel) {
  if (!std::exchange(asked_, true)) {
    channel.want_runner();
    for (char word = next_word(); word != '\0' && word != runner_word;) word = next_word();
  }
  return runner_.get();
}

void Milestones::tell_answered(bool given) {
  const char word = given ? answered_word : unanswered_word;
  if (send(parent_.get(), &word, 1, MSG_NOSIGNAL) != 1) parent_ = base::Fd(); // the end of it says "never"
}

bool Milestones::wait_answered() {
  while (!answered_ && next_word() != '\0') {}
  return answered_.value_or(false);
}

bool Milestones::parent_lives() const { return getppid() == parent_pid_; }

} // namespace delivery
