// SPDX-License-Identifier: MIT
// One message on its way through one or several scripts: what outlives a single script's run.
#pragma once

#include "mail/edited_message.h"
#include "sieve/result.h"
#include "sieve/sieve.h"

#include <map>
#include <memory>
#include <typeindex>

namespace sieve {

/// Typed places where extensions keep what they must remember.
class Slots {
public:
  /// The place for T, made empty at the first call.
  template <class T>
  T& get() {
    auto& held = held_[typeid(T)];
    if (!held) held = std::make_shared<T>();
    return *static_cast<T*>(held.get());
  }
  /// Forgets everything.
  void clear() { held_.clear(); }

private:
  std::map<std::type_index, std::shared_ptr<void>> held_;
};

class MessageState {
public:
  MessageState(const Host& its_host, Input input, const Limits& its_limits);

  const Host& host;
  Limits limits;
  MessageEnvelope envelope;
  Result result;
  Diagnostics log;
  Flags initial_flags; // of a message that lies in a mailbox already
  Slots slots;         // flags in force, the part that foreverypart visits, ...

  const mail::EditedMessage& message() const { return *current_; }
  /// The message as it is now, for an action.
  Snapshot snapshot() const { return current_; }
  Snapshot original() const { return original_; }
  /// The message to be changed: snapshots taken before keep what they have.
  mail::EditedMessage& edit();
  /// A new message that holds this one: what is sent on is still the one inside (RFC 5703 section 6).
  void enclose(std::string octets);
  /// The message as redirect sends it on.
  Snapshot unenclosed() const { return inside_ != nullptr ? inside_ : current_; }
  /// Another message in place of this one (test language); edits are forgotten, actions and slots are not.
  void set_message(std::string_view octets, std::optional<std::size_t> crlf_size = {});
  /// Forgets the edits.
  void revert();

  /// Another script follows on the same message: what was decided is settled, the keep goes on to it.
  void next_script();

  /// Flags that are in force for a store that names none (RFC 5232 section 2).
  Flags store_flags();

private:
  std::shared_ptr<const mail::EditedMessage> original_;
  std::shared_ptr<const mail::EditedMessage> current_;
  std::shared_ptr<const mail::EditedMessage> inside_; // null unless it was enclosed
};

} // namespace sieve
