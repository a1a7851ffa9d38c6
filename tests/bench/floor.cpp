// SPDX-License-Identifier: MIT
// The floor of the benchmark: the least that speaks LMTP and puts mail on the disk, and checks nothing. What
// a delivery costs beyond it is the price of being one. Plain system calls, no C++ library: it is linked
// statically.
//
//   floor maildir|mbox DIRECTORY [nosync]     recipient <NAME@...>: DIRECTORY/NAME/Maildir or
//   DIRECTORY/NAME/mbox
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace {

constexpr size_t most_input = 1 << 16;
constexpr int most_recipients = 20000;

char input[most_input];
size_t begin = 0, end = 0;
char* names[most_recipients];
int recipients = 0;
char* message = nullptr;
size_t size = 0, room = 0;

void must(bool worked, const char* what) {
  if (worked) return;
  perror(what);
  exit(1);
}

void say(const char* text) { must(write(1, text, strlen(text)) > 0, "write"); }

bool fill() {
  if (begin > 0) memmove(input, input + begin, end - begin);
  end -= begin;
  begin = 0;
  const ssize_t got = read(0, input + end, sizeof input - end);
  if (got > 0) end += static_cast<size_t>(got);
  return got > 0;
}

/// The next line with its LF; null at the end of input.
char* line(size_t& length) {
  for (;;) {
    char* const at = input + begin;
    char* const lf = static_cast<char*>(memchr(at, '\n', end - begin));
    if (lf != nullptr) {
      length = static_cast<size_t>(lf + 1 - at);
      begin += length;
      return at;
    }
    if (!fill()) return nullptr;
  }
}

/// Dots removed, LF line ends.
void read_message() {
  size = 0;
  size_t length = 0;
  while (char* at = line(length)) {
    if (at[0] == '.') {
      if (length == 3) return;
      ++at;
      --length;
    }
    if (size + length > room) {
      room = 2 * (size + length) + most_input;
      message = static_cast<char*>(realloc(message, room));
      must(message != nullptr, "realloc");
    }
    memcpy(message + size, at, length);
    size += length - 1;
    message[size - 1] = '\n';
  }
}

void write_message(int fd) {
  for (size_t done = 0; done < size;) {
    const ssize_t wrote = write(fd, message + done, size - done);
    must(wrote > 0, "write");
    done += static_cast<size_t>(wrote);
  }
}

void into_maildir(const char* top, const char* name, bool sync) {
  static unsigned counter = 0;
  char temporary[1024], final[1024], directory[512];
  snprintf(temporary, sizeof temporary, "%s/%s/Maildir/tmp/%d.%u", top, name, getpid(), ++counter);
  snprintf(directory, sizeof directory, "%s/%s/Maildir/new", top, name);
  snprintf(final, sizeof final, "%s/%d.%u", directory, getpid(), counter);
  const int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0600);
  must(fd >= 0, temporary);
  write_message(fd);
  if (sync) must(fsync(fd) == 0, "fsync");
  close(fd);
  must(rename(temporary, final) == 0, final);
  if (!sync) return;
  const int new_directory = open(directory, O_RDONLY | O_DIRECTORY);
  must(new_directory >= 0 && fsync(new_directory) == 0, "fsync");
  close(new_directory);
}

void into_mbox(const char* top, const char* name, bool sync) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s/mbox", top, name);
  const int fd = open(path, O_WRONLY | O_APPEND | O_CREAT, 0600);
  must(fd >= 0, path);
  must(flock(fd, LOCK_EX) == 0, "flock");
  dprintf(fd, "From floor Sun Nov 22 10:00:00 2026\n");
  write_message(fd);
  must(write(fd, "\n", 1) == 1, "write");
  if (sync) must(fsync(fd) == 0, "fsync");
  close(fd);
}

void deliver(bool maildir, const char* top, bool sync) {
  say("354 \r\n");
  read_message();
  for (int i = 0; i < recipients; ++i) {
    maildir ? into_maildir(top, names[i], sync) : into_mbox(top, names[i], sync);
    say("250 2.0.0 saved\r\n");
    free(names[i]);
  }
  recipients = 0;
}

void take_recipient(const char* at) {
  const char* const name = strchr(at, '<') + 1;
  must(recipients < most_recipients, "recipients");
  names[recipients++] = strndup(name, strcspn(name, "@>"));
  say("250 2.1.5 OK\r\n");
}

} // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const bool maildir = strcmp(argv[1], "maildir") == 0;
  const bool sync = argc < 4;
  say("220 floor LMTP\r\n");
  size_t length = 0;
  while (const char* at = line(length)) {
    switch (at[0]) {
    case 'L': say("250-floor\r\n250 PIPELINING\r\n"); break;
    case 'R': take_recipient(at); break;
    case 'D': deliver(maildir, argv[2], sync); break;
    case 'Q': say("221 Bye\r\n"); return 0;
    default: say("250 OK\r\n");
    }
  }
  return 0;
}
