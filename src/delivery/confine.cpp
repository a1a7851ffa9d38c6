// SPDX-License-Identifier: MIT
#include "delivery/confine.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/sandbox.h"
#include "delivery/errors.h"
#include "delivery/maildir_folder.h"
#include "delivery/mbox_file.h"
#include "delivery/script_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <functional>
#include <system_error>
#include <unistd.h>

namespace delivery {

namespace {

using base::Access;

constexpr std::uint64_t most_open_files = 1024; // a copy for a folder needs four

/// What scripts make us load, and what that reads: libraries and the tables of iconv, the databases of
/// libmagic, time zones. Everybody may read it anyway.
/// All of /usr, because each rule is four calls of every delivery under a script.
constexpr const char* read_by_libraries[] = {"/usr", "/etc/ld.so.cache", "/etc/magic", "/etc/localtime"};

std::string parent_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return path.substr(0, std::max<std::size_t>(slash, 1));
}

/// What cannot be made now fails again when mail is to be stored there, and then it counts. What was made and
/// may get lost would not fail again.
void prepare(const std::function<void()>& make) {
  try {
    make();
  } catch (const base::NotDurable&) {
    throw;
  } catch (const std::system_error&) {}
}

void make_mbox(const std::string& path, std::optional<gid_t> mail_group) {
  const GroupScope group(mail_group);
  const auto status = base::status_at(AT_FDCWD, path);
  if (status && status->st_size > 0) return; // who wrote to it had its name on the disk before
  // Else who made it may not have come to that, and what is appended now is answered for all the same.
  prepare([&] {
    if (!status) base::open_file(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0600).close();
    base::sync_name_if_readable(AT_FDCWD, path);
  });
}

class Rules {
public:
  Rules(const Settings& settings, const Account& account, std::optional<gid_t> mail_group)
      : settings_(settings), account_(account), mail_group_(mail_group) {}

  void allow_mail() const {
    const std::string inbox = expand(settings_.mail.path, account_);
    if (settings_.mail.kind == StoreKind::maildir)
      allow_maildir(inbox);
    else
      allow_mbox(inbox);
    const bool beside = !settings_.folders && settings_.mail.kind == StoreKind::maildir;
    if (beside) return;
    const std::string folders = expand(settings_.folders ? settings_.folders->path : "~/mail", account_);
    if (settings_.folders && settings_.folders->kind == StoreKind::maildir)
      allow_maildir(folders);
    else
      allow_directory(folders, 0, [&] { base::make_directories(folders, 0700); });
  }

  void allow_state() const {
    const std::string path = account_.user.home + "/.lastmile";
    allow_directory(path, O_NOFOLLOW, [&] { base::make_directory_at(AT_FDCWD, path, 0700); });
  }

  void allow_scripts() const {
    bool any = false;
    for (const auto* paths : {&settings_.scripts_before, &settings_.scripts_after})
      for (const auto& path : *paths) any |= allow_script(path, "");
    any |= allow_script(settings_.script_default, "");
    for (const auto& path : settings_.scripts) any |= allow_script(path, account_.user.home);
    if (!any) return; // nobody asks for anything else
    allow_script(settings_.include_personal, account_.user.home);
    allow_script(settings_.include_global, "");
    allow_texts();
    for (const auto* path : read_by_libraries) sandbox_.allow(path, Access::read);
  }

  void enforce() const { sandbox_.enforce(); }

private:
  void allow_maildir(const std::string& root) const {
    const auto make = [&] { make_maildir(root, account_.user.make_home); };
    if (!is_maildir(root, true)) prepare(make); // a part of it may be there: its making was cut off
    allow_directory(root, 0, make);
  }

  void allow_directory(const std::string& path, int more_flags, const std::function<void()>& make) const {
    const int flags = O_PATH | O_DIRECTORY | more_flags;
    std::optional<base::Fd> directory;
    prepare([&] {
      directory = base::open_if_exists(path, flags);
      if (directory) return;
      make();
      directory = base::open_file(path, flags);
    });
    if (directory) sandbox_.allow(*directory, Access::tree);
  }

  void allow_mbox(const std::string& path) const {
    const std::string directory = parent_of(path);
    if (account_.user.make_home) prepare([&] { base::make_directories(directory, 0700); });
    make_mbox(path, spool_group(path, account_.user.home, mail_group_));
    sandbox_.allow(path, Access::file);
    sandbox_.allow(directory, Access::lock_files);
  }

  /// Lists and annotations. Of a list whose name makes its file the directory, which has nothing else.
  void allow_texts() const {
    const auto allow = [&](const std::string& path) {
      const bool personal = path.starts_with("~") || path.starts_with("{home}");
      allow_script(path, personal ? account_.user.home : "");
    };
    for (const auto& list : settings_.lists) {
      const auto variable = list.path.find("{list}");
      allow(variable == std::string::npos ? list.path : parent_of(list.path.substr(0, variable)));
    }
    for (const auto& [key, path] : settings_.sieve)
      if (key.starts_with("sieve_extlists_list/") && key.ends_with("/dict/file/path")) allow(path);
    allow(settings_.metadata);
    allow(settings_.server_metadata);
  }

  /// A file, or a directory and what the links in it lead to. False if there is nothing.
  bool allow_script(const std::string& configured, const std::string& home) const {
    if (configured.empty()) return false;
    const auto path = expand(configured, account_);
    try {
      if (!home.empty() && !base::status_at(AT_FDCWD, path)) return false; // the usual case, in one call
      const auto fd = open_script(path, home, O_PATH);
      if (!fd) return false;
      sandbox_.allow(*fd, Access::read);
      if (!S_ISDIR(base::status_of(fd->get()).st_mode)) return true;
      for (const auto& link : links_in(path))
        if (const auto target = open_script(link, home, O_PATH)) sandbox_.allow(*target, Access::read);
    } catch (const std::system_error&) { // whoever reads it meets the same, and says so
    } catch (const Failure&) {}
    return true;
  }

  const Settings& settings_;
  const Account& account_;
  std::optional<gid_t> mail_group_;
  base::Sandbox sandbox_;
};

} // namespace

void confine(const Settings& settings, const Account& account, std::optional<gid_t> mail_group) {
  base::set_limits({.open_files = most_open_files, .processes = 0, .core_octets = {}});
  if (!settings.sandbox) return;
  Rules rules(settings, account, mail_group);
  rules.allow_mail();
  rules.allow_state();
  rules.allow_scripts();
  rules.enforce();
}

} // namespace delivery
