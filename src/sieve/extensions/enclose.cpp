// SPDX-License-Identifier: MIT
// enclose (RFC 5703 section 6): complete. The message becomes the second part of a multipart/mixed, after the
// given text; later tests and actions see the new one, redirect alone sends what was there before. The new
// message gets a Message-ID of its own unless :headers takes over the old one. A loop that runs goes on with
// the parts it was going to visit.
#include "base/ascii.h"
#include "mail/compose.h"
#include "mail/date.h"
#include "sieve/compiler.h"
#include "sieve/entity.h"
#include "sieve/execution.h"
#include "sieve/parts.h"

#include <algorithm>

namespace sieve {

namespace {

/// The header of the new message.
class NewHeader {
public:
  NewHeader(const mail::EditedMessage& old, std::string_view line_end) : old_(old), line_end_(line_end) {}

  void copy(const std::string& name) {
    if (is_mime_field(name) || has(name)) return;
    for (const mail::Field& field : old_.fields()) {
      if (!base::equal_ignoring_case(field.name, name)) continue;
      text_ += field.raw;
      if (!field.raw.ends_with("\n")) text_ += line_end_;
    }
    names_.push_back(name);
  }
  void set(const std::string& name, const std::string& value) {
    if (has(name)) return;
    text_.append(mail::fold_field(name, value, line_end_)).append(line_end_);
    names_.push_back(name);
  }
  const std::string& str() const { return text_; }

private:
  /// Was it set or copied? One that was to be copied and is not in the old message counts: it was asked for.
  bool has(const std::string& name) const {
    return std::any_of(names_.begin(), names_.end(),
                       [&](const std::string& other) { return base::equal_ignoring_case(name, other); });
  }

  const mail::EditedMessage& old_;
  std::string_view line_end_;
  std::vector<std::string> names_;
  std::string text_;
};

bool is_eight_bit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

class EncloseCommand final : public Command {
public:
  std::optional<Text> subject;
  TextList headers;
  Text text;

  Flow run(Execution& execution) const override {
    const Snapshot old = execution.state().snapshot();
    execution.spend_work(old->size() / 6);
    const auto line_end = line_end_of(*old);
    std::string octets = header(execution, *old, line_end);
    octets += content(old->str(), text.value(execution), line_end);
    execution.state().enclose(std::move(octets));
    message_was_enclosed(execution, {1, 0});
    return Flow::next;
  }

private:
  std::string header(Execution& execution, const mail::EditedMessage& old, std::string_view line_end) const {
    NewHeader fields(old, line_end);
    if (subject) fields.set("Subject", mail::encode_unstructured(subject->value(execution)));
    for (const auto& field : values_of(headers, execution)) fields.copy(field);
    fields.copy("Subject");
    const mail::Address& user = execution.state().envelope.recipient.address;
    fields.set("From", user.empty() ? execution.host().postmaster() : user.str());
    fields.set("Date", mail::format_local_date(execution.host().now()));
    fields.set("Message-ID", mail::make_message_id(user.domain.empty() ? "localhost" : user.domain));
    return fields.str();
  }

  static std::string content(const std::string& old, const std::string& note, std::string_view line_end) {
    const std::string boundary = mail::make_boundary(old);
    const std::string end(line_end);
    const std::string encoding = is_eight_bit(old) ? "Content-Transfer-Encoding: 8bit" + end : "";
    const Entity part = text_entity(note, "text/plain; charset=utf-8", line_end, nullptr);
    return "MIME-Version: 1.0" + end + "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"" + end +
           encoding + end + "--" + boundary + end + part.str(line_end) + end + "--" + boundary + end +
           "Content-Type: message/rfc822" + end + encoding + end + old + end + "--" + boundary + "--" + end;
  }
};

std::unique_ptr<Command> compile_enclose(Compiler& compiler, Arguments& arguments) {
  auto node = std::make_unique<EncloseCommand>();
  node->text = arguments.string(0);
  if (const TagUse* tag = arguments.tag("subject")) node->subject = tag->string();
  if (const TagUse* tag = arguments.tag("headers")) node->headers = tag->strings;
  for (const Text& name : node->headers) {
    if (!name.constant() || mail::is_field_name(name.literal())) continue;
    compiler.error(name.position, "`" + base::printable(name.literal()) + "' is no name of a header field");
    return nullptr;
  }
  return node;
}

constexpr Type one_string[] = {Type::string};
constexpr TagSpec enclose_tags[] = {{.name = "subject", .parameter = Type::string},
                                    {.name = "headers", .parameter = Type::strings}};
constexpr CommandSpec commands[] = {
    {.name = "enclose", .positionals = one_string, .tags = enclose_tags, .compile = compile_enclose}};

} // namespace

extern const Extension enclose_extension;
constinit const Extension enclose_extension = {.name = "enclose", .rfc = "5703", .commands = commands};

} // namespace sieve
