// SPDX-License-Identifier: MIT
#include "delivery/courier_keywords.h"

#include "base/ascii.h"
#include "base/file.h"
#include "delivery/attempt.h"

#include <fcntl.h>
#include <unistd.h>
#include <utility>

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

bool is_courier_folder(int folder) {
  for (const auto* sign : {"courierimapkeywords", "courierimapuiddb", "../courierimapsubscribed"})
    if (base::status_at(folder, sign)) return true;
  return false;
}

CourierKeywords::CourierKeywords(int folder, const std::string& message, const sieve::Flags& keywords)
    : message_(message) {
  if (keywords.empty()) return;
  attempt("keywords are not stored for Courier", [&] {
    const auto lines = lines_of(keywords);
    if (lines.empty() || !is_courier_folder(folder)) return;
    directory_ = std::move(*base::open_directory_beneath(folder, "courierimapkeywords", 0700));
    const auto tmp = base::open_at(folder, "tmp", O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    base::replace_file(tmp.get(), "keywords." + message, directory_.get(), message, lines, false);
    written_ = true;
  });
}

CourierKeywords::~CourierKeywords() {
  if (written_ && !keep_) unlinkat(directory_.get(), message_.c_str(), 0);
}

} // namespace delivery
