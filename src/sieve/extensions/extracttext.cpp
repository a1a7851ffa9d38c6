// SPDX-License-Identifier: MIT
// extracttext (RFC 5703 section 7): complete. Puts the text of the current part into a variable: transfer
// encoding removed, UTF-8, line ends CRLF, markup left as it is. Empty for a part that is no text, or whose
// transfer encoding or charset is unknown; octets that are wrong in a known charset become U+FFFD.
#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/line_ends.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/modifiers.h"
#include "sieve/parts.h"
#include "sieve/variables.h"

namespace sieve {

namespace {

class ExtractTextCommand final : public Command {
public:
  VariableTarget variable;
  Modifiers modifiers;
  std::optional<std::uint64_t> first; // code points

  Flow run(Execution& execution) const override {
    const PartView view = current_part(execution);
    std::string text;
    if (view.part != nullptr && view.part->type == "text" && is_readable(*view.part)) {
      text = mail::to_crlf(view.part->text());
      execution.spend_work(text.size());
    }
    if (first && *first < text.size()) text.resize(base::first_code_points(text, *first).size());
    set_variable(execution, variable, modified(execution, modifiers, std::move(text)));
    return Flow::next;
  }
};

std::unique_ptr<Command> compile_extracttext(Compiler& compiler, Arguments& arguments) {
  if (!compiler.active("variables")) {
    compiler.error(arguments.position(), "extracttext wants require \"variables\" too");
    return nullptr;
  }
  if (compiler.slot<LoopScopes>().open.empty()) {
    compiler.error(arguments.position(), "extracttext stands outside of any foreverypart");
    return nullptr;
  }
  const Text& name = arguments.string(0);
  if (!name.constant()) {
    compiler.error(name.position, "the variable's name must be a constant string");
    return nullptr;
  }
  auto variable = bind_variable(compiler, name.position, name.literal());
  auto modifiers = bind_modifiers(compiler, arguments);
  if (!variable || !modifiers) return nullptr;
  auto node = std::make_unique<ExtractTextCommand>();
  node->variable = std::move(*variable);
  node->modifiers = std::move(*modifiers);
  if (const TagUse* tag = arguments.tag("first")) node->first = tag->number;
  return node;
}

constexpr Type one_string[] = {Type::string};
constexpr TagSpec extract_tags[] = {{.name = "first", .parameter = Type::number}};
constexpr CommandSpec commands[] = {{.name = "extracttext",
                                     .positionals = one_string,
                                     .groups = modifier_group,
                                     .tags = extract_tags,
                                     .compile = compile_extracttext}};

} // namespace

extern const Extension extracttext_extension;
constinit const Extension extracttext_extension = {
    .name = "extracttext", .rfc = "5703", .commands = commands};

} // namespace sieve
