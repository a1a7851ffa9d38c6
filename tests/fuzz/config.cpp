// SPDX-License-Identifier: MIT
// The configuration file and lines of a users file.
#include "fuzz.h"

#include "base/ascii.h"
#include "base/fd.h"
#include "base/io.h"
#include "delivery/errors.h"
#include "delivery/users_passwd.h"
#include "options.h"

#include <sys/mman.h>
#include <unistd.h>

using fuzz::require;

namespace {

void read_file(std::string_view text) {
  const base::Fd file(memfd_create("config", MFD_CLOEXEC));
  base::write_all(file.get(), text);
  ::lseek(file.get(), 0, SEEK_SET);
  const char* const argv[] = {"lastmile", "--print-config"};
  try {
    read_options(2, argv, "/proc/self/fd/" + std::to_string(file.get()));
  } catch (const OptionError& error) {
    require(error.what()[0] != '\0', "a refusal has its reason");
  }
}

void read_users(std::string_view text) {
  for (const auto line : base::split(text, '\n')) {
    try {
      const auto user = delivery::parse_passwd_line(line);
      require(user.home.find('\0') == std::string::npos, "a home is a path");
    } catch (const delivery::Failure&) {}
  }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text(data, size);
  read_file(text);
  read_users(text);
  return 0;
}
