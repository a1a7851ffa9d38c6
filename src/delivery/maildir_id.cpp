// SPDX-License-Identifier: MIT
#include "delivery/maildir_id.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/file.h"
#include "base/io.h"
#include "base/unique_name.h"
#include "delivery/maildir_folder.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <sys/random.h>
#include <sys/stat.h>
#include <system_error>

namespace delivery {

namespace {

constexpr const char* own_file = "lastmile-id";
constexpr std::size_t id_length = 32;

bool is_id(std::string_view text) {
  return text.size() == id_length &&
         std::all_of(text.begin(), text.end(), [](char c) { return base::hex_value(c) >= 0; });
}

/// The first line of a regular file, as far as a kilobyte has it; empty if there is no such file.
std::string first_line(int directory, const std::string& name) {
  const auto fd = base::open_if_exists_at(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (!fd || !S_ISREG(base::status_of(fd->get()).st_mode)) return {};
  char buffer[1024];
  const std::string_view begin(buffer, base::read_some(fd->get(), buffer, sizeof buffer));
  return std::string(base::trim(begin.substr(0, begin.find('\n'))));
}

/// "3 V1275660208 N25022 G3085f01b7f11094c501100008c4a11c1"
std::string dovecot_id(int directory) {
  const std::string line = first_line(directory, "dovecot-uidlist");
  const auto words = base::words(line);
  if (words.empty() || words[0] != "3") return {};
  for (const auto word : words)
    if (word[0] == 'G' && is_id(word.substr(1))) return std::string(word.substr(1));
  return {};
}

std::string own_id(int directory) {
  const std::string id = first_line(directory, own_file);
  return is_id(id) ? id : std::string();
}

std::string random_id() {
  unsigned char octets[id_length / 2];
  if (getrandom(octets, sizeof octets, 0) != sizeof octets) base::throw_errno("getrandom");
  static constexpr char digits[] = "0123456789abcdef";
  std::string id;
  for (const auto octet : octets) {
    id += digits[octet >> 4];
    id += digits[octet & 15];
  }
  return id;
}

/// Written in tmp/ and linked: nobody reads half an id, and the first one stays.
void make_id(int directory, const std::string& path) {
  const base::Fd tmp = base::open_at(directory, "tmp", O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  const std::string temporary = base::unique_name(own_file);
  base::Fd file = base::open_at(tmp.get(), temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
  try {
    base::write_all(file.get(), random_id() + "\n");
    base::sync_file(file.get(), temporary);
    base::link_at(tmp.get(), temporary, directory, own_file);
  } catch (const std::system_error& error) {
    base::remove_at(tmp.get(), temporary);
    if (error.code().value() != EEXIST) throw;
    return;
  }
  base::remove_at(tmp.get(), temporary);
  base::sync_directory(directory, path);
}

} // namespace

std::vector<std::string> maildir_ids(const std::string& path, bool root) {
  const base::Fd directory = open_maildir_folder(path, root);
  const std::string theirs = dovecot_id(directory.get());
  std::string ours = own_id(directory.get());
  if (theirs.empty() && ours.empty()) {
    make_id(directory.get(), path);
    ours = own_id(directory.get());
  }
  std::vector<std::string> ids;
  for (const auto& id : {theirs, ours})
    if (!id.empty()) ids.push_back(id);
  return ids;
}

} // namespace delivery
