// SPDX-License-Identifier: MIT
// replace (RFC 5703 section 5): complete. Inside foreverypart it replaces the current part, outside the whole
// message. Text goes in as text/plain in UTF-8; with :mime it is an entity with its own header. :subject and
// :from count where a whole message is replaced; the fields before them stay as Original-Subject and
// Original-From, which editheader leaves alone, and all others that do not speak of the MIME structure stay
// too. Any valid :from is taken. :mime with one of them is an error. A signature over what is replaced
// breaks.
#include "base/ascii.h"
#include "mail/address.h"
#include "mail/compose.h"
#include "sieve/compiler.h"
#include "sieve/entity.h"
#include "sieve/execution.h"
#include "sieve/parts.h"

#include <algorithm>

namespace sieve {

namespace {

/// The mailbox-list as a field has it; nothing if it is none.
std::optional<std::string> mailbox_list(std::string_view text) {
  const auto addresses = mail::parse_address_list(text, 100);
  if (addresses.empty()) return std::nullopt;
  std::string list;
  for (const auto& entry : addresses) {
    if (!entry.valid || entry.address.domain.empty()) return std::nullopt;
    list += list.empty() ? "" : ", ";
    const std::string address = entry.address.str();
    list +=
        entry.display_name.empty() ? address : mail::encode_phrase(entry.display_name) + " <" + address + ">";
  }
  return list;
}

/// An entity that a script wrote in full. Nothing if it has no header.
std::optional<Entity> parse_entity(std::string_view text, std::string_view line_end) {
  const std::string octets = with_line_ends(text, line_end);
  const auto sections = mail::split_sections(octets);
  Entity entity;
  for (const mail::Field& field : mail::parse_fields(sections.header)) {
    entity.fields += field.raw;
    if (!field.raw.ends_with("\n")) entity.fields += line_end;
  }
  if (entity.fields.empty() && !sections.separated) return std::nullopt;
  entity.body = sections.body;
  return entity;
}

/// Of the fields only those that may stand in the header of a message that keeps its own.
void keep_mime_fields(Entity& entity) {
  std::string kept;
  for (const mail::Field& field : mail::parse_fields(entity.fields)) {
    if (base::starts_with_ignoring_case(field.name, "Content-")) kept += field.raw;
  }
  entity.fields = std::move(kept);
}

/// Puts a field where those of its name stand, which stay under the name "Original-...".
void rename_and_set(mail::EditedMessage& message, const std::string& name, const std::string& value) {
  std::size_t place = message.fields().size();
  for (std::size_t i = 0; i < message.fields().size(); ++i) {
    const mail::Field& field = message.fields()[i];
    if (!base::equal_ignoring_case(field.name, name)) continue;
    const std::string original = "Original-" + name + ":" + std::string(field.value);
    message.erase_field(i);
    message.insert_raw_field(i, original);
    place = std::min(place, i);
  }
  const auto line_end = line_end_of(message);
  message.insert_raw_field(place, mail::fold_field(name, value, line_end));
}

class ReplaceCommand final : public Command {
public:
  bool mime = false;
  std::optional<Text> subject, from;
  Text text;

  Flow run(Execution& execution) const override {
    const PartView view = current_part(execution);
    if (view.part == nullptr) return Flow::next;    // an edit took it away
    execution.spend_work(view.message->size() / 6); // each replacement copies the message
    std::optional<std::string> list;
    if (from && !(list = mailbox_list(from->value(execution)))) {
      throw ScriptError(from->position, "replace: the parameter of :from is no address");
    }
    const auto line_end = line_end_of(*view.message);
    Entity entity = make(execution, *view.part, line_end);
    if (is_message_top(*view.part)) keep_mime_fields(entity);
    std::string octets = with_content(*view.part, entity, line_end);
    mail::EditedMessage& message = execution.state().edit();
    message.replace_part(*find_part(message.root(), view.path), std::move(octets));
    part_was_replaced(execution);
    if (!view.path.empty()) return Flow::next;
    if (subject) rename_and_set(message, "Subject", mail::encode_unstructured(subject->value(execution)));
    if (list) rename_and_set(message, "From", *list);
    return Flow::next;
  }

private:
  Entity make(Execution& execution, const mail::Part& part, std::string_view line_end) const {
    const std::string value = text.value(execution);
    if (!mime) return text_entity(value, "text/plain; charset=utf-8", line_end, &part);
    auto entity = parse_entity(value, line_end);
    if (!entity) throw ScriptError(text.position, "replace :mime: the text has no header");
    return std::move(*entity);
  }
};

std::unique_ptr<Command> compile_replace(Compiler& compiler, Arguments& arguments) {
  auto node = std::make_unique<ReplaceCommand>();
  node->mime = arguments.tag("mime") != nullptr;
  node->text = arguments.string(0);
  if (const TagUse* tag = arguments.tag("subject")) node->subject = tag->string();
  if (const TagUse* tag = arguments.tag("from")) node->from = tag->string();
  if (node->from && node->from->constant() && !mailbox_list(node->from->literal())) {
    compiler.error(node->from->position, "replace: the parameter of :from is no address");
    return nullptr;
  }
  if (node->mime && node->text.constant() && !parse_entity(node->text.literal(), "\n")) {
    compiler.error(node->text.position, "replace :mime: the text has no header");
    return nullptr;
  }
  return node;
}

constexpr Type one_string[] = {Type::string};
constexpr TagSpec replace_tags[] = {{.name = "mime", .excludes = "subject from"},
                                    {.name = "subject", .parameter = Type::string},
                                    {.name = "from", .parameter = Type::string}};
constexpr CommandSpec commands[] = {
    {.name = "replace", .positionals = one_string, .tags = replace_tags, .compile = compile_replace}};

} // namespace

extern const Extension replace_extension;
constinit const Extension replace_extension = {.name = "replace", .rfc = "5703", .commands = commands};

} // namespace sieve
