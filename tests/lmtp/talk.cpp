// SPDX-License-Identifier: MIT
#include "talk.h"

#include "base/ascii.h"
#include "base/file.h"
#include "base/io.h"

#include <fcntl.h>
#include <unistd.h>

lmtp::SessionOptions test_options() {
  lmtp::SessionOptions options;
  options.rrvs = true;
  options.hostname = "mx.example";
  options.size_limit = 10U << 20;
  options.timeout = std::chrono::seconds(5);
  return options;
}

Talk talk(std::string_view input, const lmtp::SessionOptions& options) {
  const base::Fd in = base::open_unnamed("/tmp");
  const base::Fd out = base::open_unnamed("/tmp");
  base::write_all(in.get(), input);
  ::lseek(in.get(), 0, SEEK_SET);
  FakeReceiver receiver;
  lmtp::Session session(in.get(), out.get(), receiver, options);
  const int status = session.run();
  ::lseek(out.get(), 0, SEEK_SET);
  return {status, base::read_all(out.get(), 64U << 20), receiver.deliveries, receiver.asked};
}

std::string codes(std::string_view replies) {
  std::string result;
  for (auto line : base::split(replies, '\n')) {
    if (line.size() < 4 || line[3] != ' ') continue;
    if (!result.empty()) result += ' ';
    result += line.substr(0, 3);
  }
  return result;
}
