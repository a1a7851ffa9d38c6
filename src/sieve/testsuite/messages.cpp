// SPDX-License-Identifier: MIT
// test_set, test_message, test_message_print.
#include "base/ascii.h"
#include "base/utf8.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/testsuite/language.h"
#include "sieve/testsuite/world.h"

namespace sieve::testsuite {

namespace {

enum class Object { message, from, to, orig_to, auth };

std::optional<Object> object_named(std::string_view name) {
  static constexpr std::pair<std::string_view, Object> objects[] = {{"message", Object::message},
                                                                    {"envelope.from", Object::from},
                                                                    {"envelope.to", Object::to},
                                                                    {"envelope.orig_to", Object::orig_to},
                                                                    {"envelope.auth", Object::auth}};
  for (const auto& [object, value] : objects) {
    if (base::equal_ignoring_case(object, name)) return value;
  }
  return std::nullopt;
}

/// "<path>", "path", or a bare local part when `local_allowed`.
std::optional<mail::Address> parse_envelope_path(std::string_view text, bool local_allowed) {
  text = base::trim(text);
  std::optional<mail::Address> address;
  if (text.substr(0, 1) == "<") {
    std::string_view rest;
    address = mail::parse_path(text, rest);
    if (!rest.empty()) address.reset();
  } else if (text.empty()) {
    address = mail::Address();
  } else {
    std::string_view rest;
    address = mail::parse_path("<" + std::string(text) + ">", rest);
    if (!rest.empty()) address.reset();
  }
  const bool bare = address && !address->empty() && address->domain.empty();
  if (bare && !local_allowed) address.reset();
  return address;
}

class SetCommand final : public Command {
public:
  SetCommand(Object object, Text value) : object_(object), value_(std::move(value)) {}

  Flow run(Execution& execution) const override {
    World& world = World::of(execution);
    const std::string value = value_.value(execution);
    if (object_ == Object::message) {
      world.set_message(value);
      return Flow::next;
    }
    world.state().revert();
    MessageEnvelope& envelope = world.state().envelope;
    if (object_ == Object::auth) {
      envelope.transaction.auth = value;
    } else {
      set_path(world, envelope, value);
    }
    return Flow::next;
  }

private:
  void set_path(World& world, MessageEnvelope& envelope, const std::string& value) const {
    auto address = parse_envelope_path(value, object_ != Object::from);
    if (!address || (address->empty() && object_ != Object::from)) {
      world.errors.push_back("`" + base::printable(value) + "' is no envelope address");
      address = mail::Address();
    }
    if (object_ == Object::from) envelope.transaction.reverse_path = std::move(*address);
    if (object_ == Object::orig_to) {
      envelope.recipient.orcpt_type = "rfc822";
      envelope.recipient.orcpt = address->str();
    }
    if (object_ == Object::to) {
      envelope.recipient.orcpt.clear();
      envelope.recipient.address = std::move(*address);
    }
  }

  Object object_;
  Text value_;
};

std::unique_ptr<Command> compile_set(Compiler& compiler, Arguments& arguments) {
  const Text& name = arguments.string(0);
  const auto object = name.constant() ? object_named(name.literal()) : std::nullopt;
  if (!object) {
    compiler.error(name.position, "test_set knows no object `" + base::printable(name.literal()) + "'");
    return nullptr;
  }
  return std::make_unique<SetCommand>(*object, arguments.string(1));
}

/// What a test_message selects.
struct Selection {
  std::optional<Text> folder; // none: the outbox
  std::uint64_t index = 0;

  /// Makes it the current message; false if there is none.
  bool select(Execution& execution) const {
    World& world = World::of(execution);
    if (!folder) {
      if (index >= world.outbox.size()) return false;
      world.set_sent_message(SentMessage(world.outbox[index]));
      return true;
    }
    const std::string name = folder->value(execution);
    const auto box = world.mailboxes.find(mailbox_key(name));
    if (box == world.mailboxes.end()) {
      world.errors.push_back("mailbox `" + base::printable(name) + "' cannot be opened");
      world.set_message(
          "From: sender@example.com\r\nTo: recipient@example.org\r\nSubject: Frop!\r\n\r\nFriep!\r\n");
      return false;
    }
    if (index >= box->second.size()) return false;
    world.set_stored_message(StoredMessage(box->second[index]));
    return true;
  }
};

class MessageCommand final : public Command {
public:
  explicit MessageCommand(Selection selection) : selection_(std::move(selection)) {}
  Flow run(Execution& execution) const override {
    if (selection_.select(execution)) return Flow::next;
    return fail_block(execution, "there is no message " + std::to_string(selection_.index));
  }

private:
  Selection selection_;
};

class MessageTest final : public Test {
public:
  explicit MessageTest(Selection selection) : selection_(std::move(selection)) {}
  bool test(Execution& execution) const override { return selection_.select(execution); }

private:
  Selection selection_;
};

template <class Made, class Node>
std::unique_ptr<Made> compile_message(Compiler& compiler, Arguments& arguments) {
  const TagUse* folder = arguments.tag("folder");
  if ((folder != nullptr) == (arguments.tag("smtp") != nullptr)) {
    compiler.error(arguments.position(), "test_message wants one of :smtp and :folder");
    return nullptr;
  }
  Selection selection{{}, arguments.number(0)};
  if (folder != nullptr) {
    if (folder->string().constant() && !base::is_utf8(folder->string().literal())) {
      compiler.error(folder->position, "the folder's name is no UTF-8");
      return nullptr;
    }
    selection.folder = folder->string();
  }
  return std::make_unique<Node>(std::move(selection));
}

class Nothing final : public Command {
public:
  Flow run(Execution&) const override { return Flow::next; }
};

std::unique_ptr<Command> compile_nothing(Compiler&, Arguments&) { return std::make_unique<Nothing>(); }

constexpr Type two_strings[] = {Type::string, Type::string};
constexpr Type one_number[] = {Type::number};
constexpr TagSpec message_tags[] = {{.name = "smtp"}, {.name = "folder", .parameter = Type::string}};

constexpr CommandSpec commands[] = {{.name = "test_set", .positionals = two_strings, .compile = compile_set},
                                    {.name = "test_message",
                                     .positionals = one_number,
                                     .tags = message_tags,
                                     .compile = compile_message<Command, MessageCommand>},
                                    {.name = "test_message_print", .compile = compile_nothing}};
constexpr TestSpec tests[] = {{.name = "test_message",
                               .positionals = one_number,
                               .tags = message_tags,
                               .compile = compile_message<Test, MessageTest>}};

} // namespace

constinit const Extension message_language = {.name = "", .rfc = "", .commands = commands, .tests = tests};

} // namespace sieve::testsuite
