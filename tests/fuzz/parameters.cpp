// SPDX-License-Identifier: MIT
// Values with parameters, and dates.
#include "fuzz.h"

#include "mail/date.h"
#include "mail/parameters.h"

using fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text(data, size);
  constexpr std::size_t most = 50;
  const auto read = mail::parse_parameters(text, most);
  require(read.parameters.size() <= most, "the limit of parameters holds");
  for (const auto& [name, value] : read.parameters)
    require(mail::find_parameter(read.parameters, name) != nullptr, "a parameter is found by its name");
  if (const auto date = mail::parse_date(text)) {
    const auto again = mail::parse_date(mail::format_date(date->seconds, date->zone));
    require(again && again->seconds == date->seconds, "a date that was read can be written and read again");
  }
  return 0;
}
