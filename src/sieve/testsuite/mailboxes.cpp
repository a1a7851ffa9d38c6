// SPDX-License-Identifier: MIT
// test_mailbox_create, test_mailbox_delete, test_imap_metadata_set.
#include "base/ascii.h"
#include "sieve/annotations.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/testsuite/language.h"
#include "sieve/testsuite/world.h"

namespace sieve::testsuite {

namespace {

class CreateCommand final : public Command {
public:
  explicit CreateCommand(Text mailbox) : mailbox_(std::move(mailbox)) {}
  Flow run(Execution& execution) const override {
    World::of(execution).mailboxes.try_emplace(mailbox_key(mailbox_.value(execution)));
    return Flow::next;
  }

private:
  Text mailbox_;
};

class DeleteCommand final : public Command {
public:
  explicit DeleteCommand(Text mailbox) : mailbox_(std::move(mailbox)) {}
  Flow run(Execution& execution) const override {
    const std::string mailbox = mailbox_key(mailbox_.value(execution));
    if (mailbox != "INBOX" && World::of(execution).mailboxes.erase(mailbox) > 0) return Flow::next;
    return fail_block(execution, "mailbox `" + base::printable(mailbox) + "' cannot be deleted");
  }

private:
  Text mailbox_;
};

class AnnotateCommand final : public Command {
public:
  AnnotateCommand(std::optional<Text> mailbox, Text annotation, Text value)
      : mailbox_(std::move(mailbox)), annotation_(std::move(annotation)), value_(std::move(value)) {}
  Flow run(Execution& execution) const override {
    const std::string annotation = base::lower(annotation_.value(execution));
    if (!is_annotation_name(annotation)) {
      throw ScriptError(annotation_.position, "`" + base::printable(annotation) + "' is no annotation name");
    }
    const std::string mailbox = mailbox_ ? mailbox_key(mailbox_->value(execution)) : std::string();
    World::of(execution).annotations[mailbox][annotation] = value_.value(execution);
    return Flow::next;
  }

private:
  std::optional<Text> mailbox_; // none: the server's
  Text annotation_;
  Text value_;
};

template <class Node>
std::unique_ptr<Command> compile_named(Compiler&, Arguments& arguments) {
  return std::make_unique<Node>(arguments.string(0));
}

std::unique_ptr<Command> compile_annotate(Compiler&, Arguments& arguments) {
  std::optional<Text> mailbox;
  if (const TagUse* tag = arguments.tag("mailbox")) mailbox = tag->string();
  return std::make_unique<AnnotateCommand>(std::move(mailbox), arguments.string(0), arguments.string(1));
}

constexpr Type one_string[] = {Type::string};
constexpr Type two_strings[] = {Type::string, Type::string};
constexpr TagSpec annotate_tags[] = {{.name = "mailbox", .parameter = Type::string}};

constexpr CommandSpec commands[] = {
    {.name = "test_mailbox_create", .positionals = one_string, .compile = compile_named<CreateCommand>},
    {.name = "test_mailbox_delete", .positionals = one_string, .compile = compile_named<DeleteCommand>},
    {.name = "test_imap_metadata_set",
     .positionals = two_strings,
     .tags = annotate_tags,
     .compile = compile_annotate}};

} // namespace

constinit const Extension mailbox_language = {.name = "", .rfc = "", .commands = commands};

} // namespace sieve::testsuite
