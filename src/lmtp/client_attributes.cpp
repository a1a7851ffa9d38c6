// SPDX-License-Identifier: MIT
#include "lmtp/client_attributes.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/xtext.h"

#include <algorithm>
#include <span>

namespace lmtp {

namespace {

struct Attribute {
  std::string_view name;
  std::string mail::Client::*target; // null: understood, of no use here
};

constexpr Attribute xclient_attributes[] = {
    {"NAME", &mail::Client::name}, {"ADDR", &mail::Client::address},
    {"PORT", &mail::Client::port}, {"PROTO", &mail::Client::protocol},
    {"HELO", &mail::Client::helo}, {"LOGIN", &mail::Client::login},
    {"DESTADDR", nullptr},         {"DESTPORT", nullptr},
};

constexpr Attribute xforward_attributes[] = {
    {"NAME", &mail::Client::name}, {"ADDR", &mail::Client::address},
    {"PORT", &mail::Client::port}, {"PROTO", &mail::Client::protocol},
    {"HELO", &mail::Client::helo}, {"IDENT", &mail::Client::queue_id},
    {"SOURCE", nullptr},
};

constexpr std::size_t longest_value = 255;

std::span<const Attribute> attributes_of(AttributeCommand command) {
  if (command == AttributeCommand::xclient) return xclient_attributes;
  return xforward_attributes;
}

std::string_view name_of(AttributeCommand command) {
  return command == AttributeCommand::xclient ? "XCLIENT" : "XFORWARD";
}

mail::Reply refusal(std::string_view what, std::string_view word) {
  return {501, "5.5.4", std::string(what) + ": " + base::printable(word.substr(0, 40))};
}

std::optional<std::string> decode(std::string_view value) {
  if (base::equal_ignoring_case(value, "[UNAVAILABLE]") || base::equal_ignoring_case(value, "[TEMPUNAVAIL]"))
    return std::string();
  auto decoded = mail::decode_xtext(value);
  const bool good = decoded && decoded->size() <= longest_value && base::is_utf8(*decoded) &&
                    std::none_of(decoded->begin(), decoded->end(), base::is_control);
  return good ? decoded : std::nullopt;
}

} // namespace

std::string announcement(AttributeCommand command) {
  std::string line(name_of(command));
  for (const Attribute& attribute : attributes_of(command)) line.append(" ").append(attribute.name);
  return line;
}

std::optional<mail::Reply> read_attributes(AttributeCommand command, std::string_view argument,
                                           mail::Client& client) {
  mail::Client result = client;
  const auto words = base::words(argument);
  if (words.empty()) return refusal("Syntax", std::string(name_of(command)) + " attribute=value ...");
  for (const auto word : words) {
    const auto equals = word.find('=');
    if (equals == std::string_view::npos) return refusal("Attribute without value", word);
    const std::string_view name = word.substr(0, equals);
    const auto known = attributes_of(command);
    const auto found = std::find_if(known.begin(), known.end(), [name](const Attribute& attribute) {
      return base::equal_ignoring_case(attribute.name, name);
    });
    if (found == known.end()) return refusal("Unknown attribute", name);
    auto value = decode(word.substr(equals + 1));
    if (!value) return refusal("Bad value of attribute", name);
    if (found->target == nullptr) continue;
    if (found->name == "ADDR" && base::starts_with_ignoring_case(*value, "IPV6:")) value->erase(0, 5);
    result.*found->target = std::move(*value);
  }
  client = std::move(result);
  return std::nullopt;
}

} // namespace lmtp
