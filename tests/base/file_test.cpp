// SPDX-License-Identifier: MIT
#include "base/file.h"

#include "base/io.h"
#include "support/catch.h"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <system_error>
#include <unistd.h>

namespace {

struct Directory {
  std::string path = "/tmp/lastmile-test.XXXXXX";
  Directory() { REQUIRE(::mkdtemp(path.data()) != nullptr); }
  ~Directory() { std::filesystem::remove_all(path); }
  void put(const std::string& name, std::string_view content) const {
    base::write_all(base::open_file(path + '/' + name, O_WRONLY | O_CREAT, 0600).get(), content);
  }
};

std::error_code failure(const std::function<void()>& call) {
  try {
    call();
  } catch (const std::system_error& error) {
    return error.code();
  }
  return {};
}

bool fails_with(int error, const std::function<void()>& call) {
  return failure(call) == std::error_code(error, std::generic_category());
}

} // namespace

TEST_CASE("opening") {
  const Directory directory;
  CHECK(fails_with(ENOENT, [&] { base::open_file(directory.path + "/none", O_RDONLY); }));
  CHECK_FALSE(base::open_if_exists(directory.path + "/none", O_RDONLY));
  CHECK_FALSE(base::open_if_exists(directory.path + "/none/below", O_RDONLY));
  directory.put("file", "x");
  CHECK(base::open_if_exists(directory.path + "/file", O_RDONLY));
  CHECK_FALSE(base::open_if_exists(directory.path + "/file/below", O_RDONLY));
  CHECK((::fcntl(base::open_directory(directory.path).get(), F_GETFD) & FD_CLOEXEC) != 0);
}

TEST_CASE("an unnamed file leaves no name") {
  const Directory directory;
  const base::Fd file = base::open_unnamed(directory.path);
  base::write_all(file.get(), "x");
  base::sync_file(file.get(), "it");
  CHECK(base::status_of(file.get()).st_size == 1);
  CHECK(std::filesystem::is_empty(directory.path));
}

TEST_CASE("directories") {
  const Directory directory;
  const std::string deep = directory.path + "/a/b/c/";
  CHECK(base::make_directories(deep.substr(0, deep.size() - 1), 0700));
  CHECK_FALSE(base::make_directories(directory.path + "/a/b/c", 0700));
  CHECK(base::make_directories(directory.path + "/a/d", 0700));
  base::sync_directory(directory.path);
  const base::Fd top = base::open_directory(directory.path);
  CHECK(base::make_directory_at(top.get(), "e", 0700));
  CHECK_FALSE(base::make_directory_at(top.get(), "e", 0700));
  CHECK(fails_with(ENOTDIR, [] { base::make_directories("/dev/null/x", 0700); }));
  CHECK(base::make_lasting_directory_at(top.get(), "f", 0700));
  CHECK_FALSE(base::make_lasting_directory_at(top.get(), "f", 0700));
  CHECK(fails_with(ENOENT, [&] { base::make_lasting_directory_at(top.get(), "g/h", 0700); }));
}

TEST_CASE("the name of a file is synced in its directory") {
  const Directory directory;
  const base::Fd top = base::open_file(directory.path, O_PATH | O_DIRECTORY);
  base::make_directory_at(top.get(), "writable", 0300);
  base::sync_name(top.get(), "name");
  base::sync_name_if_readable(top.get(), "writable/name"); // nothing for others than root
  base::sync_name(AT_FDCWD, directory.path + "/");
  CHECK_THROWS_AS(base::sync_name(top.get(), "none/name"), base::NotDurable);
  CHECK_THROWS_AS(base::sync_name_if_readable(top.get(), "none/name"), base::NotDurable);
}

TEST_CASE("names") {
  const Directory directory;
  directory.put("a", "1");
  directory.put("b", "2");
  const base::Fd top = base::open_directory(directory.path);
  const int at = top.get();
  CHECK(fails_with(EEXIST, [&] { base::link_at(at, "a", at, "b"); }));
  base::link_at(at, "a", at, "c");
  base::rename_at(at, "c", at, "b");
  CHECK(base::read_whole_file(directory.path + "/b", 10) == "1");
  CHECK(base::status_at(at, "b"));
  CHECK(base::remove_at(at, "b"));
  CHECK_FALSE(base::remove_at(at, "b"));
  CHECK_FALSE(base::status_at(at, "b"));
}

TEST_CASE("whole files") {
  const Directory directory;
  directory.put("a", "12345");
  CHECK(base::read_whole_file(directory.path + "/a", 5) == "12345");
  CHECK(fails_with(EFBIG, [&] { base::read_whole_file(directory.path + "/a", 4); }));
  CHECK(fails_with(EISDIR, [&] { base::read_whole_file(directory.path, 5); }));
  REQUIRE(::mkfifo((directory.path + "/fifo").c_str(), 0600) == 0);
  CHECK(fails_with(EINVAL, [&] { base::read_whole_file(directory.path + "/fifo", 5); }));
}

TEST_CASE("replacing a file, or leaving it and nothing else") {
  const Directory directory;
  const auto file = directory.path + "/a";
  const auto temporary = directory.path + "/a.1";
  directory.put("a.1", "left by a process that was killed");
  base::replace_file(AT_FDCWD, temporary, AT_FDCWD, file, "one\n", true);
  CHECK(base::read_whole_file(file, 5) == "one\n");
  REQUIRE(::mkdir((directory.path + "/b").c_str(), 0700) == 0);
  CHECK(fails_with(EISDIR, [&] {
    base::replace_file(AT_FDCWD, temporary, AT_FDCWD, directory.path + "/b", "two\n", false);
  }));
  CHECK(::access(temporary.c_str(), F_OK) != 0);
}

TEST_CASE("a name that leads to a replaced file is read again, a few times") {
  int calls = 0;
  const auto stale_until = [&](int good) {
    calls = 0;
    return base::retry_if_stale("/nonexistent", [&calls, good] {
      if (++calls < good) throw std::system_error(ESTALE, std::generic_category(), "read");
      return calls;
    });
  };
  CHECK(stale_until(1) == 1);
  CHECK(stale_until(4) == 4);
  CHECK(fails_with(ESTALE, [&] { stale_until(100); }));
  CHECK(calls == 4);
  CHECK(fails_with(EIO, [&] {
    calls = 0;
    base::retry_if_stale("/nonexistent", [&]() -> int {
      ++calls;
      throw std::system_error(EIO, std::generic_category(), "read");
    });
  }));
  CHECK(calls == 1);
}
