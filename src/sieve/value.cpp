// SPDX-License-Identifier: MIT
#include "sieve/value.h"

#include "sieve/execution.h"

namespace sieve {

std::string Text::value(Execution& execution) const {
  if (constant()) return std::string(literal_);
  std::string result;
  for (const auto& piece : pieces_) {
    result += piece.reference ? piece.reference->value(execution) : piece.literal;
    if (result.size() > execution.limits().text_size) {
      throw ScriptError(position, "this string becomes longer than " +
                                      std::to_string(execution.limits().text_size) + " octets");
    }
  }
  execution.spend_work(result.size() / 4);
  return result;
}

std::vector<std::string> values_of(const TextList& texts, Execution& execution) {
  std::vector<std::string> values;
  values.reserve(texts.size());
  for (const auto& text : texts) values.push_back(text.value(execution));
  return values;
}

ValueList value_list(const TextList& texts, Execution& execution) {
  ValueList values;
  for (const auto& text : texts) {
    text.constant() ? values.add_view(text.literal()) : values.add(text.value(execution));
  }
  return values;
}

std::string_view ValueList::origin(std::size_t item) const {
  std::string_view origin;
  for (const auto& [first, name] : origins_) {
    if (first <= item) origin = name;
  }
  return origin;
}

} // namespace sieve
