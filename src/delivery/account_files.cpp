// SPDX-License-Identifier: MIT
#include "delivery/account_files.h"

#include "base/error.h"

#include <cstdio>
#include <cstring>
#include <grp.h>
#include <memory>

namespace delivery {

namespace {

struct Close {
  void operator()(FILE* file) const { (void)std::fclose(file); }
};
using File = std::unique_ptr<FILE, Close>;

File open(const std::string& path) {
  File file(std::fopen(path.c_str(), "re"));
  if (!file) base::throw_errno(path);
  return file;
}

bool has_member(const group& entry, const std::string& name) {
  for (char** member = entry.gr_mem; *member != nullptr; ++member)
    if (name == *member) return true;
  return false;
}

} // namespace

User from_passwd(const passwd& entry) {
  User user;
  user.name = entry.pw_name;
  user.uid = entry.pw_uid;
  user.gid = entry.pw_gid;
  user.home = entry.pw_dir;
  user.system_groups = true;
  return user;
}

std::optional<User> user_in(const std::string& passwd_file,
                            const std::function<bool(const passwd&)>& wanted) {
  const File file = open(passwd_file);
  while (const passwd* entry = fgetpwent(file.get()))
    if (wanted(*entry)) return from_passwd(*entry);
  if (std::ferror(file.get())) base::throw_errno(passwd_file);
  return std::nullopt;
}

std::optional<gid_t> group_in(const std::string& group_file, const std::string& name) {
  const File file = open(group_file);
  while (const group* entry = fgetgrent(file.get()))
    if (name == entry->gr_name) return entry->gr_gid;
  if (std::ferror(file.get())) base::throw_errno(group_file);
  return std::nullopt;
}

std::vector<gid_t> groups_in(const std::string& group_file, const User& user) {
  std::vector<gid_t> groups = {user.gid};
  const File file = open(group_file);
  while (const group* entry = fgetgrent(file.get()))
    if (entry->gr_gid != user.gid && has_member(*entry, user.name)) groups.push_back(entry->gr_gid);
  if (std::ferror(file.get())) base::throw_errno(group_file);
  return groups;
}

} // namespace delivery
