// SPDX-License-Identifier: MIT
// What tests made of header fields.
#pragma once

#include "sieve/execution.h"

#include <map>
#include <string_view>

namespace sieve {

/// What was made of the values of fields of the message as it is now: several tests ask for the same fields.
template <class Made>
class FieldCache {
public:
  /// For one test: what another was given may be gone then.
  static FieldCache& of(Execution& execution) {
    auto& cache = execution.state().slots.template get<FieldCache>();
    if (cache.message_.get() != &execution.message() || cache.octets_ > most_octets) {
      cache = {};
      cache.message_ = execution.state().snapshot();
    }
    return cache;
  }

  /// `value` is a view of the message.
  template <class Make>
  Made& get(std::string_view value, const Make& make) {
    const auto known = made_.find(value.data());
    if (known != made_.end()) return known->second;
    octets_ += value.size();
    return made_.emplace(value.data(), make(value)).first->second;
  }

private:
  static constexpr std::size_t most_octets = 4 * 1024 * 1024; // of the fields of which something was made

  Snapshot message_;
  std::size_t octets_ = 0;
  std::map<const char*, Made> made_; // by where the field's value begins
};

} // namespace sieve
