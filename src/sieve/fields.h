// SPDX-License-Identifier: MIT
// Which header fields a test asks, and what of them it compares.
#pragma once

#include "mail/header.h"
#include "sieve/value.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sieve {

class Arguments;
class Compiler;
class Execution;

using FieldList = std::vector<mail::Field>;

struct FieldQuery {
  TextList names;
  // RFC 5260 section 6: the index-th of the selected fields, counted from 1, from the end if `last`; 0: all.
  std::uint64_t index = 0;
  bool last = false;
  /// Whose fields are looked at, in order: the message's, unless an extension (mime) says otherwise.
  std::function<std::vector<const FieldList*>(Execution&)> sources;
  /// What is compared of a field, unless it is its decoded value.
  std::function<void(Execution&, const mail::Field&, ValueList&)> extract;
};

/// The query of a test whose header names are positional `index`, which it takes, with what its tags change.
FieldQuery bind_fields(Compiler& compiler, Arguments& arguments, std::size_t index);

/// The fields selected, name by name in the order of the query's list, fields of one name in message order
/// (RFC 5260 section 6). Names that are no field names select nothing.
std::vector<const mail::Field*> select_fields(Execution& execution, const FieldQuery& query);

/// The decoded values (RFC 5228 section 2.7.2), or what the query extracts. `values` is for one test.
void field_values(Execution& execution, const FieldQuery& query, ValueList& values);

} // namespace sieve
