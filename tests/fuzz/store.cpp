// SPDX-License-Identifier: MIT
// What the stores read and quote: mbox lines, the sender of a From_ line, maildirsize.
#include "fuzz.h"

#include "base/ascii.h"
#include "base/fd.h"
#include "base/io.h"
#include "delivery/content.h"
#include "delivery/mbox_from_line.h"
#include "delivery/mbox_quote.h"
#include "delivery/quota.h"

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <system_error>

using fuzz::require;

namespace {

/// A reader takes one '>' away from every line of ">+From ".
std::string unquoted(const std::string& text) {
  std::string result;
  bool first = true;
  for (const auto line : base::split(text, '\n')) {
    if (!first) result += '\n';
    first = false;
    const auto quotes = line.find_first_not_of('>');
    const bool quoted =
        quotes != std::string_view::npos && quotes > 0 && line.substr(quotes).starts_with("From ");
    result += line.substr(quoted ? 1 : 0);
  }
  return result;
}

void quote(std::string_view octets) {
  delivery::Letter letter{.front = {}, .message = std::make_shared<const mail::EditedMessage>(octets)};
  delivery::Content content(letter, {});
  std::string before, after;
  for (const auto piece : content.pieces()) before += piece;
  delivery::quote_mbox(content);
  for (const auto piece : content.pieces()) after += piece;
  require(unquoted(after) == before, "quoting can be undone");
  require(!after.starts_with("From ") && after.find("\nFrom ") == std::string::npos,
          "no line divides the file");
}

void from_line(std::string_view text) {
  const auto line = delivery::mbox_from_line(std::string(text), 1795256130);
  require(line.find('\n') == line.size() - 1, "a From_ line is one line");
}

class Directory {
public:
  Directory() : path_("/tmp/lastmile-fuzz-XXXXXX") {
    if (!mkdtemp(path_.data())) std::abort();
  }
  ~Directory() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }

private:
  std::string path_;
};

void maildirsize(std::string_view text) {
  static const Directory root;
  const std::string path = root.path() + "/maildirsize";
  base::write_all(base::Fd(::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600)).get(), text);
  try {
    delivery::MaildirQuota(root.path(), {.storage = 1000, .messages = 10}).fits({100, 1});
  } catch (const std::system_error&) {}
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text(data, size);
  quote(text);
  from_line(text);
  maildirsize(text);
  return 0;
}
