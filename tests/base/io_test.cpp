// SPDX-License-Identifier: MIT
#include "base/io.h"

#include "base/file.h"
#include "base/process.h"
#include "support/catch.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <system_error>
#include <unistd.h>
#include <vector>

using namespace std::chrono_literals;

namespace {

struct Pipe {
  explicit Pipe(int flags = 0) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), flags) == 0);
    out = base::Fd(ends[0]);
    in = base::Fd(ends[1]);
  }
  base::Fd out;
  base::Fd in;
};

int error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const std::system_error& error) {
    return error.code().value();
  }
  return 0;
}

} // namespace

TEST_CASE("waiting ends at the deadline") {
  const Pipe pipe;
  CHECK_FALSE(base::wait_for(pipe.out.get(), POLLIN, base::Clock::now() + 20ms));
  CHECK(base::wait_for(pipe.in.get(), POLLOUT));
  char c = 0;
  CHECK(error_of([&] { base::read_some(pipe.out.get(), &c, 1, base::Clock::now()); }) == ETIMEDOUT);
  CHECK(base::poll_timeout(base::never) == -1);
  CHECK(base::poll_timeout(base::Clock::now() - 1s) == 0);
}

TEST_CASE("large writes are whole, blocking or not") {
  for (const int flags : {0, O_NONBLOCK}) {
    Pipe pipe(flags);
    const std::string text(1 << 20, 'x');
    auto writer = base::Child::spawn([&](int) {
      pipe.out = base::Fd();
      base::write_all(pipe.in.get(), text);
      const std::vector<std::string_view> pieces(500, std::string_view(text).substr(0, 3000));
      base::writev_all(pipe.in.get(), pieces);
      base::writev_all(pipe.in.get(), std::array<std::string_view, 3>{"", "end", ""});
      return 0;
    });
    pipe.in.close();
    const std::string got = base::read_all(pipe.out.get(), 10 << 20);
    CHECK(got.size() == text.size() + 1500000 + 3);
    CHECK(got.ends_with("xend"));
    CHECK(writer.finish().clean());
  }
}

TEST_CASE("a full pipe that nobody reads ends at the deadline") {
  const Pipe pipe(O_NONBLOCK);
  const std::string text(1 << 20, 'x');
  CHECK(error_of([&] { base::write_all(pipe.in.get(), text, base::Clock::now() + 20ms); }) == ETIMEDOUT);
}

TEST_CASE("reading stops at the limit") {
  const base::Fd file = base::open_unnamed("/tmp");
  base::write_all(file.get(), "0123456789");
  ::lseek(file.get(), 0, SEEK_SET);
  CHECK(base::read_all(file.get(), 10) == "0123456789");
  ::lseek(file.get(), 0, SEEK_SET);
  CHECK(error_of([&] { base::read_all(file.get(), 9); }) == EFBIG);
}
