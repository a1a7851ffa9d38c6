// SPDX-License-Identifier: MIT
#include "sieve/value.h"

#include "sieve/execution.h"

#include <algorithm>

namespace sieve {

Text::Text(std::vector<TextPiece> pieces, Position where) : position(where), pieces_(std::move(pieces)) {
  const auto refers = [](const TextPiece& piece) { return piece.reference != nullptr; };
  if (std::any_of(pieces_.begin(), pieces_.end(), refers)) return;
  for (const auto& piece : pieces_) literal_ += piece.literal;
  pieces_.clear();
}

std::string Text::value(Execution& execution) const {
  if (constant()) return literal_;
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

std::string_view ValueList::origin(std::size_t item) const {
  std::string_view origin;
  for (const auto& [first, name] : origins_) {
    if (first <= item) origin = name;
  }
  return origin;
}

} // namespace sieve
