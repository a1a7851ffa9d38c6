// SPDX-License-Identifier: MIT
// The one door to cdb (tinycdb).
#include "delivery/users_cdb.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/fd.h"
#include "base/file.h"
#include "base/unique_name.h"
#include "config.h"
#include "delivery/errors.h"
#include "delivery/user.h"
#include "delivery/users_passwd.h"

#ifdef HAVE_CDB
#include <cdb.h>
#endif
#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>
#include <unordered_map>
#include <utility>

namespace delivery {

#ifdef HAVE_CDB

namespace {

/// Opened for each lookup, so that a long connection sees a database that replaced it.
class Database {
public:
  explicit Database(const std::string& path) : path_(path), file_(base::open_file(path, O_RDONLY)) {
    if (cdb_init(&cdb_, file_.get()) != 0) base::throw_errno("read " + path_);
  }
  Database(const Database&) = delete;
  ~Database() { cdb_free(&cdb_); }

  std::optional<std::string> find(const std::string& key) {
    const int found = cdb_find(&cdb_, key.data(), static_cast<unsigned>(key.size()));
    if (found < 0) base::throw_errno("read " + path_);
    if (found == 0) return std::nullopt;
    const void* data = cdb_getdata(&cdb_);
    if (!data) base::throw_errno("read " + path_);
    return std::string(static_cast<const char*>(data), cdb_datalen(&cdb_));
  }

private:
  std::string path_;
  base::Fd file_;
  cdb cdb_{};
};

class CdbUsers : public UserSource {
public:
  explicit CdbUsers(std::string file) : file_(std::move(file)) {}

  std::optional<User> find(const UserName& name) override {
    Database database(file_);
    auto line = database.find(name.str());
    if (!line && !name.domain.empty()) line = database.find(name.local);
    if (!line) return std::nullopt;
    return parse_passwd_line(*line);
  }

private:
  std::string file_;
};

/// A database that has its name only when it is whole.
class Writer {
public:
  Writer(std::string path, const struct stat& like)
      : path_(std::move(path)), temporary_(base::unique_name(path_)) {
    file_ = base::open_file(temporary_, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
    if (base::status_of(file_.get()).st_gid != like.st_gid && fchown(file_.get(), -1u, like.st_gid) != 0)
      fail();
    if (fchmod(file_.get(), like.st_mode & 0777) != 0 || cdb_make_start(&make_, file_.get()) != 0) fail();
    making_ = true;
  }
  Writer(const Writer&) = delete;
  ~Writer() {
    if (making_) cdb_make_finish(&make_); // the one way to free what it holds
    unlink(temporary_.c_str());           // renamed if all went well
  }

  void add(std::string_view key, std::string_view value) {
    const auto length = [](std::string_view text) { return static_cast<unsigned>(text.size()); };
    if (cdb_make_add(&make_, key.data(), length(key), value.data(), length(value)) != 0) fail();
  }

  void finish() {
    making_ = false;
    if (cdb_make_finish(&make_) != 0) fail();
    base::sync_file(file_.get(), temporary_);
    file_.close();
    base::rename_at(AT_FDCWD, temporary_, AT_FDCWD, path_);
    const auto slash = path_.rfind('/');
    base::sync_directory(slash == std::string::npos ? "." : path_.substr(0, slash + 1));
  }

private:
  [[noreturn]] void fail() const {
    const int error = errno;
    unlink(temporary_.c_str()); // also where no destructor runs
    base::throw_errno(error, "write " + temporary_);
  }

  std::string path_, temporary_;
  base::Fd file_;
  cdb_make make_{};
  bool making_ = false;
};

class Compiler {
public:
  Compiler(const std::string& users, Writer& writer) : users_(users), writer_(writer) {}

  void line(std::string_view text) {
    ++number_;
    if (text.empty() || text[0] == '#') return;
    const std::string name(text.substr(0, text.find(':')));
    if (name.empty()) return fault("a line without a name");
    const auto [first, is_new] = first_line_.emplace(name, number_);
    if (!is_new)
      return fault(base::printable(name) + " was named before, in line " + std::to_string(first->second));
    try {
      parse_passwd_line(text);
    } catch (const Failure& failure) {
      return fault(failure.what());
    }
    writer_.add(name, text);
  }

  const std::string& faults() const { return faults_; }

private:
  void fault(const std::string& why) {
    faults_ += (faults_.empty() ? "" : "\n") + users_ + ":" + std::to_string(number_) + ": " + why;
  }

  const std::string& users_;
  Writer& writer_;
  std::size_t number_ = 0;
  std::unordered_map<std::string, std::size_t> first_line_;
  std::string faults_;
};

} // namespace

std::unique_ptr<UserSource> cdb_users(std::string file) {
  return std::make_unique<CdbUsers>(std::move(file));
}

void compile_users(const std::string& users, const std::string& database) {
  Writer writer(database, base::status_of(base::open_file(users, O_RDONLY).get()));
  Compiler compiler(users, writer);
  each_passwd_line(users, [&](std::string_view line) {
    compiler.line(line);
    return true;
  });
  if (!compiler.faults().empty()) throw CompileError(compiler.faults());
  writer.finish();
}

#else

namespace {

[[noreturn]] void refuse() { throw std::invalid_argument("users = cdb: is not built into this program"); }

} // namespace

std::unique_ptr<UserSource> cdb_users(std::string) { refuse(); }
void compile_users(const std::string&, const std::string&) { refuse(); }

#endif

} // namespace delivery
