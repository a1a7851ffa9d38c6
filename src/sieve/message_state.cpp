// SPDX-License-Identifier: MIT
#include "sieve/message_state.h"

#include "sieve/flags.h"
#include "sieve/spec.h"

namespace sieve {

MessageState::MessageState(const Host& its_host, Input input, const Limits& its_limits)
    : host(its_host), limits(its_limits), envelope(std::move(input.envelope)) {
  set_message(input.octets, input.crlf_size);
}

void MessageState::set_message(std::string_view octets, std::optional<std::size_t> crlf_size) {
  original_ = crlf_size ? std::make_shared<const mail::EditedMessage>(octets, *crlf_size)
                        : std::make_shared<const mail::EditedMessage>(octets);
  revert();
}

void MessageState::revert() {
  current_ = original_;
  inside_.reset();
}

mail::EditedMessage& MessageState::edit() {
  auto copy = std::make_shared<mail::EditedMessage>(*current_);
  auto& editable = *copy;
  current_ = std::move(copy);
  return editable;
}

void MessageState::enclose(std::string octets) {
  inside_ = unenclosed();
  edit().replace_all(std::move(octets));
}

void MessageState::next_script() {
  if (auto flags = result.settle()) internal_flags(*this) = std::move(*flags);
}

Flags MessageState::store_flags() {
  Flags flags;
  for (const Extension* extension : all_extensions()) {
    if (extension->on_store != nullptr) extension->on_store(*this, flags);
  }
  return flags;
}

} // namespace sieve
