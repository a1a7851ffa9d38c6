// SPDX-License-Identifier: MIT
#include "delivery/channel.h"

#include "base/ascii.h"
#include "base/io.h"

#include <utility>
#include <vector>

namespace delivery {

namespace {

constexpr std::size_t longest_text = 16 * 1024; // a rejecting script's reason, cut if need be

/// Kind, length in decimal, colon, octets: a netstring with a letter.
std::string frame(char kind, std::string_view octets) {
  return kind + std::to_string(octets.size()) + ":" + std::string(octets);
}

struct Message {
  char kind;
  std::string_view octets;
};

std::optional<Message> next_message(std::string_view& input) {
  const auto colon = input.find(':');
  if (colon == std::string_view::npos || colon < 2) return std::nullopt;
  const auto length = base::parse_number(input.substr(1, colon - 1));
  if (!length || *length > input.size() - colon - 1) return std::nullopt;
  const Message message{input[0], input.substr(colon + 1, *length)};
  input.remove_prefix(colon + 1 + *length);
  return message;
}

/// "key NUL value"
std::pair<std::string_view, std::string_view> cut(std::string_view octets) {
  const auto nul = octets.find('\0');
  if (nul == std::string_view::npos) return {octets, {}};
  return {octets.substr(0, nul), octets.substr(nul + 1)};
}

std::optional<mail::Reply> parse_reply(std::string_view octets) {
  const auto [code, rest] = cut(octets);
  const auto [enhanced, text] = cut(rest);
  const auto number = base::parse_number(code);
  if (!number || *number < 200 || *number > 599) return std::nullopt;
  return mail::Reply{static_cast<int>(*number), std::string(enhanced), std::string(text)};
}

std::string text_of(const mail::Reply& reply) {
  const std::string nul(1, '\0');
  return std::to_string(reply.code) + nul + reply.enhanced + nul + reply.text.substr(0, longest_text);
}

} // namespace

/// The parent that is gone has a client that will ask again.
void Channel::send(char kind, std::string_view octets) {
  base::write_if_at_all(pipe_, std::exchange(held_, {}) + frame(kind, octets));
}

void Channel::staging() {
  if (std::exchange(staging_, true)) return;
  if (milestones_ != nullptr) milestones_->begin_staging();
}

void Channel::reply(const mail::Reply& reply) {
  reply_with_next(reply);
  flush();
}

void Channel::flush() { base::write_if_at_all(pipe_, std::exchange(held_, {})); }

void Channel::reply_with_next(const mail::Reply& reply) {
  if (std::exchange(replied_, true)) return;
  held_ += frame('R', text_of(reply));
}

void Channel::again(const mail::Reply& reply) { send('A', text_of(reply)); }

void Channel::note(std::string_view key, std::string_view value) {
  held_ += frame('N', std::string(key) + '\0' + std::string(value.substr(0, 1024)));
}

void Report::read(std::string_view octets) {
  auto rest = octets.substr(known_);
  while (const auto message = next_message(rest)) {
    if (message->kind == 'D') done = true;
    if (message->kind == 'P') wants_runner = true;
    if (message->kind == 'R' && !reply) reply = parse_reply(message->octets);
    if (message->kind == 'A') again = parse_reply(message->octets);
    if (message->kind == 'N') {
      const auto [key, value] = cut(message->octets);
      auto& note = notes[std::string(key)];
      if (!note.empty()) note += ", ";
      note += value;
    }
  }
  known_ = octets.size() - rest.size();
}

} // namespace delivery
