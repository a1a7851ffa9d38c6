// SPDX-License-Identifier: MIT
#include "sieve/flags.h"

#include "base/ascii.h"
#include "sieve/message_state.h"

#include <algorithm>

namespace sieve {

namespace {

constexpr std::string_view system_flags[] = {"\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft"};

bool is_atom(std::string_view text) {
  return !text.empty() && std::none_of(text.begin(), text.end(), [](char c) {
    return base::is_control(c) || static_cast<unsigned char>(c) >= 0x80 ||
           std::string_view("(){ %*\"\\]").find(c) != std::string_view::npos;
  });
}

auto find_flag(Flags& flags, std::string_view flag) {
  return std::find_if(flags.begin(), flags.end(),
                      [&](const std::string& other) { return base::equal_ignoring_case(other, flag); });
}

struct InternalFlags {
  bool loaded = false;
  Flags flags;
};

} // namespace

bool is_flag(std::string_view text) {
  if (text.substr(0, 1) != "\\") return is_atom(text);
  return std::any_of(std::begin(system_flags), std::end(system_flags),
                     [&](std::string_view known) { return base::equal_ignoring_case(known, text); });
}

void add_flags(Flags& flags, std::string_view text) {
  for (const auto flag : base::words(text)) {
    if (is_flag(flag) && find_flag(flags, flag) == flags.end()) flags.emplace_back(flag);
  }
}

void remove_flags(Flags& flags, std::string_view text) {
  for (const auto flag : base::words(text)) {
    const auto found = find_flag(flags, flag);
    if (found != flags.end()) flags.erase(found);
  }
}

std::string join_flags(const Flags& flags) {
  std::string text;
  for (const auto& flag : flags) text += (text.empty() ? "" : " ") + flag;
  return text;
}

Flags& internal_flags(MessageState& state) {
  auto& internal = state.slots.get<InternalFlags>();
  if (!internal.loaded) internal = {true, state.initial_flags};
  return internal.flags;
}

} // namespace sieve
