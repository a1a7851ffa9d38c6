// SPDX-License-Identifier: MIT
#include "delivery/courier_keywords.h"

#include "base/ascii.h"
#include "base/file.h"
#include "delivery/attempt.h"

#include <fcntl.h>
#include <unistd.h>

namespace delivery {

namespace {

std::string lines_of(const sieve::Flags& keywords) {
  std::string lines;
  for (const auto& keyword : keywords) {
    bool clean = !keyword.empty();
    for (const char c : keyword) clean = clean && !base::is_control(c) && c != ' ';
    if (clean) lines += keyword + "\n";
  }
  return lines;
}

} // namespace

bool is_courier_folder(const std::string& folder_directory) {
  for (const auto* sign : {"/courierimapkeywords", "/courierimapuiddb", "/../courierimapsubscribed"})
    if (base::status_at(AT_FDCWD, folder_directory + sign)) return true;
  return false;
}

CourierKeywords::CourierKeywords(const std::string& folder_directory, const std::string& message,
                                 const sieve::Flags& keywords) {
  if (keywords.empty()) return;
  attempt("keywords are not stored for Courier", [&] {
    const auto lines = lines_of(keywords);
    if (lines.empty() || !is_courier_folder(folder_directory)) return;
    const std::string directory = folder_directory + "/courierimapkeywords";
    base::make_directory_at(AT_FDCWD, directory, 0700);
    base::replace_file(directory + "/" + message, folder_directory + "/tmp/keywords." + message, lines,
                       false);
    path_ = directory + "/" + message;
  });
}

CourierKeywords::~CourierKeywords() {
  if (!path_.empty() && !keep_) unlink(path_.c_str());
}

} // namespace delivery
