// SPDX-License-Identifier: MIT
// A directory of a test's own, a user who lives in it, messages and letters.
#pragma once

#include "delivery/content.h"
#include "delivery/settings.h"
#include "delivery/store.h"

#include <cstdio>
#include <cstdlib>
#include <dirent.h>
#include <fstream>
#include <ftw.h>
#include <memory>
#include <sstream>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace fixture {

class Directory {
public:
  Directory() {
    char name[] = "/tmp/lastmile-test-XXXXXX";
    path_ = mkdtemp(name);
    chmod(path_.c_str(), 0755);
  }
  Directory(const Directory&) = delete;
  ~Directory() {
    nftw(
        path_.c_str(), [](const char* path, const struct stat*, int, FTW*) { return remove(path); }, 16,
        FTW_DEPTH | FTW_PHYS);
  }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

private:
  std::string path_;
};

inline std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline void write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

inline bool exists(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0;
}

/// The names in a directory but those of dots alone; none if there is no directory.
inline std::vector<std::string> names(const std::string& path) {
  std::vector<std::string> result;
  DIR* directory = opendir(path.c_str());
  if (!directory) return result;
  while (const dirent* entry = readdir(directory))
    if (std::string(entry->d_name) != "." && std::string(entry->d_name) != "..")
      result.push_back(entry->d_name);
  closedir(directory);
  return result;
}

/// The one file of a directory.
inline std::string only(const std::string& path) {
  const auto found = names(path);
  return found.size() == 1 ? path + "/" + found[0]
                           : "there are " + std::to_string(found.size()) + " in " + path;
}

inline delivery::Letter letter(const std::string& octets, const std::string& front = "") {
  struct Kept {
    std::string octets;
    mail::EditedMessage message;
    explicit Kept(const std::string& text) : octets(text), message(octets) {}
  };
  auto kept = std::make_shared<Kept>(octets);
  return {front, std::shared_ptr<const mail::EditedMessage>(kept, &kept->message), nullptr};
}

inline delivery::StoreOptions options() {
  delivery::StoreOptions result;
  result.hostname = "mx.example";
  result.sender = "alice@example.org";
  result.lock_timeout = std::chrono::seconds(1);
  return result;
}

inline delivery::FolderName folder(const std::string& name) {
  return delivery::FolderName::parse(name).value();
}

inline constexpr const char* message = "From: a@example.org\nSubject: hello\n\nFrom here on\nbody\n";

/// Root's tests deliver as nobody, others' as themselves.
inline uid_t user_id() { return geteuid() == 0 ? 65534 : geteuid(); }
inline gid_t group_id() { return geteuid() == 0 ? 65534 : getegid(); }

} // namespace fixture
