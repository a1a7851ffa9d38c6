// SPDX-License-Identifier: MIT
#include "delivery/quota.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/file.h"
#include "base/io.h"
#include "delivery/maildir_folder.h"

#include <charconv>
#include <ctime>
#include <dirent.h>
#include <fcntl.h>
#include <functional>
#include <memory>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace delivery {

namespace {

constexpr const char* file_name = "maildirsize";
constexpr std::size_t longest_file = 5120;
constexpr std::int64_t trusted_for = 15 * 60;

/// Of a directory below `top`, unless there is none or a link leads to it.
template <typename Visit>
void each_entry(int top, const std::string& path, const Visit& visit) {
  const auto fd = base::open_directory_beneath(top, path);
  if (!fd) return;
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(fdopendir(dup(fd->get())), closedir);
  if (!entries) base::throw_errno("read " + path);
  while (const dirent* entry = readdir(entries.get())) visit(fd->get(), std::string(entry->d_name));
}

std::optional<std::int64_t> signed_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// ",S=123" in the name spares a stat.
std::optional<std::int64_t> size_in_name(const std::string& name) {
  const auto at = name.find(",S=");
  if (at == std::string::npos) return std::nullopt;
  const auto end = name.find_first_of(",:", at + 3);
  return signed_number(std::string_view(name).substr(at + 3, end == std::string::npos ? end : end - at - 3));
}

bool is_trashed(const std::string& name) {
  const auto flags = name.rfind(":2,");
  return flags != std::string::npos && name.find('T', flags) != std::string::npos;
}

void count_directory(int top, const std::string& path, Usage& usage) {
  each_entry(top, path, [&](int directory, const std::string& name) {
    if (name[0] == '.' || is_trashed(name)) return;
    auto size = size_in_name(name);
    if (!size) {
      const auto status = base::status_at(directory, name);
      if (!status) return; // a reader moved it meanwhile
      size = status->st_size;
    }
    usage.size += *size;
    ++usage.count;
  });
}

bool is_trash_name(const std::string& name) { return name == ".Trash" || name.compare(0, 7, ".Trash.") == 0; }

} // namespace

bool is_trash(const FolderName& folder) { return is_trash_name("." + folder.on_disk('.', true)); }

Usage count_maildir(const std::string& root) {
  Usage usage;
  const auto top = base::open_if_exists(root, O_RDONLY | O_DIRECTORY); // the root alone may be a link
  if (!top) return usage;
  const auto count_folder = [&](const std::string& path) {
    count_directory(top->get(), path + "/new", usage);
    count_directory(top->get(), path + "/cur", usage);
  };
  count_folder(".");
  each_entry(top->get(), ".", [&](int, const std::string& name) {
    if (name[0] == '.' && name != "." && name != ".." && !is_trash_name(name)) count_folder(name);
  });
  return usage;
}

std::string MaildirQuota::definition() const {
  std::string text;
  if (limits_.storage != 0) text = std::to_string(limits_.storage) + "S";
  if (limits_.messages != 0) text += (text.empty() ? "" : ",") + std::to_string(limits_.messages) + "C";
  return text;
}

bool MaildirQuota::is_over(const Usage& usage) const {
  const auto over = [](std::uint64_t limit, std::int64_t used) {
    return limit != 0 && used > 0 && static_cast<std::uint64_t>(used) > limit;
  };
  return over(limits_.storage, usage.size) || over(limits_.messages, usage.count);
}

/// A file that is somebody else's too, by a second link or its owner, is as if it were not there.
std::optional<base::Fd> MaildirQuota::open(int flags) const {
  auto fd = base::open_if_exists(root_ + "/" + file_name, flags | O_NOFOLLOW | O_NONBLOCK);
  if (!fd) return std::nullopt;
  const auto status = base::status_of(fd->get());
  const bool ours = S_ISREG(status.st_mode) && status.st_nlink == 1 && status.st_uid == geteuid();
  return ours ? std::move(fd) : std::nullopt;
}

MaildirQuota::State MaildirQuota::read() const {
  State state;
  const auto fd = open(O_RDONLY);
  if (!fd) return state;
  const auto status = base::status_of(fd->get());
  if (status.st_size > static_cast<off_t>(longest_file)) return state;
  const std::string text = base::read_all(fd->get(), 2 * longest_file);
  const auto lines = base::split(text, '\n');
  if (lines[0] != definition()) return state;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto words = base::words(lines[i]);
    if (words.empty()) continue;
    const auto size = signed_number(words[0]);
    const auto count = words.size() == 2 ? signed_number(words[1]) : std::nullopt;
    if (!size || !count) return state;
    state.usage.size += *size;
    state.usage.count += *count;
  }
  state.stale = false;
  state.age = time(nullptr) - status.st_mtime;
  return state;
}

Usage MaildirQuota::recalculate() const {
  const Usage usage = count_maildir(root_);
  if (!is_maildir(root_, true)) return usage;
  const base::Fd root = open_maildir_folder(root_, true);
  const std::string numbers = std::to_string(usage.size) + " " + std::to_string(usage.count) + "\n";
  replace_in_maildir(root.get(), file_name, definition() + "\n" + numbers, false);
  return usage;
}

bool MaildirQuota::fits(const Usage& more) const {
  const auto with = [&](const Usage& usage) {
    return Usage{usage.size + more.size, usage.count + more.count};
  };
  const State state = base::retry_if_stale(root_ + "/" + file_name, [&] { return read(); });
  if (!state.stale && !is_over(with(state.usage))) return true;
  if (!state.stale && state.age <= trusted_for) return false;
  return !is_over(with(recalculate()));
}

void MaildirQuota::add(const Usage& more) const {
  const auto fd = open(O_WRONLY | O_APPEND);
  if (!fd) return; // counted from the files by whoever asks next
  base::write_all(fd->get(), std::to_string(more.size) + " " + std::to_string(more.count) + "\n");
}

Usage MaildirQuota::usage() const {
  const State state = read();
  return state.stale ? recalculate() : state.usage;
}

void MaildirQuota::forget() const { base::remove_at(AT_FDCWD, root_ + "/" + file_name); }

} // namespace delivery
