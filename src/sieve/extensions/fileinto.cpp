// SPDX-License-Identifier: MIT
// fileinto (RFC 5228 section 4.1): complete. Whether the folder exists, and what its name looks like on disk,
// is the store's business.
#include "base/utf8.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"

namespace sieve {

namespace {

class FileIntoCommand final : public Command {
public:
  FileIntoCommand(Text mailbox, std::vector<TagUse> tags)
      : mailbox_(std::move(mailbox)), tags_(std::move(tags)) {}

  Flow run(Execution& execution) const override {
    FileInto store;
    store.message = execution.state().snapshot();
    store.mailbox = mailbox_.value(execution);
    if (store.mailbox.empty() || !base::is_utf8(store.mailbox)) {
      throw ScriptError(mailbox_.position, "fileinto: the folder's name is empty or no UTF-8");
    }
    execution.act(std::move(store), *this, tags_);
    return Flow::next;
  }

private:
  Text mailbox_;
  std::vector<TagUse> tags_;
};

std::unique_ptr<Command> compile_fileinto(Compiler& compiler, Arguments& arguments) {
  const Text& mailbox = arguments.string(0);
  if (mailbox.constant() && (mailbox.literal().empty() || !base::is_utf8(mailbox.literal()))) {
    compiler.error(mailbox.position, "fileinto: the folder's name is empty or no UTF-8");
    return nullptr;
  }
  return std::make_unique<FileIntoCommand>(mailbox, arguments.tags());
}

constexpr Type one_string[] = {Type::string};
constexpr CommandSpec commands[] = {
    {.name = "fileinto", .positionals = one_string, .compile = compile_fileinto}};

} // namespace

extern const Extension fileinto_extension;
constinit const Extension fileinto_extension = {.name = "fileinto", .rfc = "5228", .commands = commands};

} // namespace sieve
