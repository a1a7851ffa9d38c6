// SPDX-License-Identifier: MIT
#include "sieve/compiler.h"

#include "base/ascii.h"
#include "sieve/parser.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace sieve {

namespace {

bool contains_word(std::string_view words, std::string_view word) {
  const auto all = base::words(words);
  return std::find(all.begin(), all.end(), word) != all.end();
}

/// Most have another length: there is nothing to be called for.
template <class Described>
bool is_named(const Described& spec, std::string_view name) {
  return spec.name.size() == name.size() && base::equal_ignoring_case(spec.name, name);
}

template <class Made>
std::span<const Spec<Made>> specs_of(const Extension& extension) {
  if constexpr (std::is_same_v<Made, Command>) {
    return extension.commands;
  } else {
    return extension.tests;
  }
}

template <class Made>
Signature signature_of(const Spec<Made>& spec) {
  return {spec.name, std::is_same_v<Made, Test>, spec.positionals, spec.optional, spec.groups,
          spec.tags, spec.optional_last};
}

} // namespace

Compiler::Compiler(const CompileOptions& options, Diagnostics& diagnostics, CompileShared& shared)
    : options_(options), diagnostics_(diagnostics), shared_(shared), script_(std::make_shared<Script>()) {
  const auto core = core_language();
  lookup_.assign(core.begin(), core.end());
  script_->name = options.name;
  for (const Extension* extension : all_extensions()) {
    if (extension->always) activate(*extension);
  }
}

std::shared_ptr<const Script> Compiler::compile(std::string source) {
  const auto before = count_errors(diagnostics_);
  const auto failed = [&](const char* stage) {
    if (count_errors(diagnostics_) == before) return false;
    // Of an included script the script that includes it tells so.
    if (shared_.open.empty()) diagnostics_.push_back({Severity::summary, options_.name, {}, stage});
    return true;
  };
  script_->source = std::move(source);
  const bool readable = compile_commands();
  if (failed(readable ? "the script is not valid" : "the script cannot be read")) return nullptr;
  for (const auto& step : steps_) {
    step();
    if (failed("the script cannot be completed")) return nullptr;
  }
  return script_;
}

/// Each as it is read: the tree of a whole script would take more memory than what is made of it. What cannot
/// be read to its end is not judged: false, with the errors of the grammar alone.
bool Compiler::compile_commands() {
  const auto before = static_cast<std::ptrdiff_t>(diagnostics_.size());
  Diagnostics unreadable;
  parse(script_->source, options_.name, options_.limits, unreadable, script_->texts,
        [this](const Construct& construct) { command(construct, script_->commands); });
  if (unreadable.empty()) return true;
  diagnostics_.erase(diagnostics_.begin() + before, diagnostics_.end());
  std::move(unreadable.begin(), unreadable.end(), std::back_inserter(diagnostics_));
  return false;
}

void Compiler::error(Position position, const std::string& text) {
  if (++errors_ <= options_.limits.errors) {
    diagnostics_.push_back({Severity::error, options_.name, position, sentence(text)});
  }
}

void Compiler::warning(Position position, const std::string& text) {
  diagnostics_.push_back({Severity::warning, options_.name, position, text});
}

bool Compiler::active(std::string_view capability) const {
  const Extension* extension = find_extension(capability);
  return extension != nullptr && active(*extension);
}

const Extension* Compiler::usable(std::string_view capability) const {
  for (const Extension* extra : options_.extra) {
    if (extra->name == capability) return extra;
  }
  const Extension* extension = find_extension(capability);
  if (extension == nullptr || options_.disabled.contains(capability)) return nullptr;
  if (extension->available != nullptr && !extension->available(*this)) return nullptr;
  return extension;
}

void Compiler::activate(const Extension& extension) {
  if (!script_->active.insert(&extension).second) return;
  lookup_.push_back(&extension);
  if (extension.on_require != nullptr) extension.on_require(*this);
}

Text Compiler::text(const StringLiteral& literal) {
  if (literal.text.find("${") == std::string_view::npos) return Text(literal.text, literal.position);
  std::string content(literal.text);
  for (const Extension* extension : lookup_) {
    if (extension->decode_text != nullptr)
      content = extension->decode_text(*this, literal, std::move(content));
  }
  for (const Extension* extension : lookup_) {
    if (extension->split_text != nullptr) {
      return joined(extension->split_text(*this, literal.position, content), literal.position);
    }
  }
  return Text(keep(std::move(content)), literal.position);
}

/// Without references it is a literal.
Text Compiler::joined(std::vector<TextPiece> pieces, Position position) {
  const auto refers = [](const TextPiece& piece) { return piece.reference != nullptr; };
  if (std::any_of(pieces.begin(), pieces.end(), refers)) return Text(std::move(pieces), position);
  std::string literal;
  for (const auto& piece : pieces) literal += piece.literal;
  return Text(keep(std::move(literal)), position);
}

TextList Compiler::texts(const std::vector<StringLiteral>& literals) {
  TextList list;
  list.reserve(literals.size());
  const auto errors = errors_;
  for (const auto& literal : literals) {
    list.push_back(text(literal));
    if (errors_ != errors) break;
  }
  return list;
}

const TagSpec* Compiler::find_tag(const Signature& signature, std::string_view name) const {
  const auto named = [&](const TagSpec& tag) { return is_named(tag, name); };
  for (const TagSpec& tag : signature.tags) {
    if (named(tag)) return &tag;
  }
  for (const Extension* extension : lookup_) {
    for (const TagSpec& tag : extension->tags) {
      const auto group = tag.modify != nullptr ? modifier_group : static_cast<std::uint8_t>(tag.group);
      const bool in_group = (signature.groups & group) != 0;
      if (named(tag) && (in_group || contains_word(tag.commands, signature.name))) return &tag;
    }
  }
  return nullptr;
}

void Compiler::unknown_tag(Position position, const std::string& what, const Signature& signature,
                           std::string_view tag) {
  const std::string key = std::string(signature.name) + ':' + base::lower(tag);
  if (!reported_.insert(key).second) return;
  error(position, what + " has no tag :" + std::string(tag));
}

const Comparator* Compiler::find_comparator(std::string_view name) const {
  for (const Extension* extension : lookup_) {
    for (const Comparator* comparator : extension->comparators) {
      if (comparator->name == name) return comparator;
    }
  }
  return nullptr;
}

const EnvelopePart* Compiler::find_envelope_part(std::string_view name) const {
  for (const Extension* extension : lookup_) {
    for (const EnvelopePart& part : extension->envelope_parts) {
      if (base::equal_ignoring_case(part.name, name)) return &part;
    }
  }
  return nullptr;
}

const NamespaceSpec* Compiler::find_namespace(std::string_view name) const {
  for (const Extension* extension : lookup_) {
    for (const NamespaceSpec& space : extension->namespaces) {
      if (base::equal_ignoring_case(space.name, name)) return &space;
    }
  }
  return nullptr;
}

template <class Made>
const Spec<Made>* Compiler::find(std::string_view name) const {
  for (const Extension* extension : lookup_) {
    for (const auto& spec : specs_of<Made>(*extension)) {
      if (is_named(spec, name)) return &spec;
    }
  }
  return nullptr;
}

Block Compiler::block(const std::vector<Construct>& commands) {
  const Previous outer = std::exchange(previous_, {});
  ++depth_;
  Block result;
  result.reserve(commands.size());
  for (const auto& construct : commands) command(construct, result);
  --depth_;
  previous_ = outer;
  return result;
}

void Compiler::command(const Construct& construct, Block& into) {
  const CommandSpec* spec = find<Command>(construct.name);
  if (spec == nullptr) {
    require_allowed_ = true;
    previous_ = {};
    return unknown(construct, false);
  }
  if (spec->follows.empty()) previous_ = {};
  auto node = make(*spec, construct);
  require_allowed_ = spec->name == "require";
  previous_.name = spec->name;
  if (node == nullptr) return;
  previous_.node = node.get();
  into.push_back(std::move(node));
}

bool Compiler::follows(const CommandSpec& spec, const Construct& construct) {
  if (spec.follows.empty() || contains_word(spec.follows, previous_.name)) return true;
  error(construct.position, "`" + std::string(spec.name) + "' must stand directly after the block of " +
                                std::string(base::words(spec.follows).front()) + " or elsif");
  return false;
}

/// What nobody knows is told once, a test in the place of a command or a command in that of a test always.
void Compiler::unknown(const Construct& construct, bool is_test) {
  const std::string kind = is_test ? "test" : "command";
  const bool misplaced =
      is_test ? find<Command>(construct.name) != nullptr : find<Test>(construct.name) != nullptr;
  if (misplaced) {
    return error(construct.position, "`" + std::string(construct.name) + "' is a " +
                                         (is_test ? "command" : "test") + ", not a " + kind);
  }
  if (!reported_.insert(kind + ' ' + base::lower(construct.name)).second) return;
  error(construct.position,
        "unknown " + kind + " `" + std::string(construct.name) + "'" + suggestion(is_test, construct.name));
}

/// " (require \"x\" is missing)" where an extension that was not required has it.
std::string Compiler::suggestion(bool is_test, std::string_view name) const {
  const auto has = [&](const auto& specs) {
    return std::any_of(specs.begin(), specs.end(),
                       [&](const auto& spec) { return base::equal_ignoring_case(spec.name, name); });
  };
  for (const Extension* extension : all_extensions()) {
    if (active(*extension) || usable(extension->name) == nullptr) continue;
    if (is_test ? has(extension->tests) : has(extension->commands)) {
      return ": require \"" + std::string(extension->name) + "\" is missing";
    }
  }
  return {};
}

std::unique_ptr<Test> Compiler::test(const Construct& construct) {
  const TestSpec* spec = find<Test>(construct.name);
  if (spec != nullptr) return make(*spec, construct);
  unknown(construct, true);
  return nullptr;
}

bool Compiler::number_of_tests(SubTests wanted, const Construct& construct) {
  const auto fail = [&](const char* fault) {
    error(construct.position, "`" + std::string(construct.name) + "' " + fault);
    return false;
  };
  const std::size_t count = construct.tests.size();
  if (wanted == SubTests::none && count > 0) {
    return fail(construct.test_list ? "takes no tests" : "takes no test: is a `;' missing?");
  }
  if (wanted == SubTests::one && (count != 1 || construct.test_list)) return fail("wants one test");
  if (wanted == SubTests::list && (count == 0 || !construct.test_list)) {
    return fail("wants a list of tests in parentheses");
  }
  return true;
}

bool Compiler::presence_of_block(bool wanted, const Construct& construct) {
  if (wanted == construct.block.has_value()) return true;
  error(construct.position,
        "`" + std::string(construct.name) + (wanted ? "' wants a block in braces" : "' takes no block"));
  return false;
}

/// False if one is faulty. A test that decides spares only those after it from being valid.
bool Compiler::subtests(const Construct& construct, std::optional<bool> deciding, Arguments& arguments) {
  bool good = true;
  for (const auto& sub : construct.tests) {
    auto node = test(sub);
    good = good && node != nullptr;
    const bool decided = good && deciding.has_value() && node->constant() == deciding;
    arguments.tests.push_back(std::move(node));
    if (decided) break;
  }
  return good;
}

template <class Made>
std::unique_ptr<Made> Compiler::make(const Spec<Made>& spec, const Construct& construct) {
  Arguments arguments(construct);
  bool good = bind_arguments(*this, signature_of(spec), arguments);
  good = number_of_tests(spec.tests, construct) && good;
  good = good && presence_of_block(spec.block, construct);
  if constexpr (std::is_same_v<Made, Command>) {
    good = good && follows(spec, construct);
    if (!good) previous_.decided = false;
    if (previous_.decided) return nullptr;
  }
  // What stands inside a faulty command is judged all the same: one run shows all errors.
  if (spec.tests != SubTests::none) good = subtests(construct, spec.deciding, arguments) && good;
  if (!good) {
    if (spec.block && construct.block) block(*construct.block);
    return nullptr;
  }
  auto node = spec.compile(*this, arguments);
  if (node == nullptr) return nullptr;
  node->position = construct.position;
  node->name = spec.name;
  return node;
}

std::shared_ptr<const Script> compile(std::string source, const CompileOptions& options,
                                      Diagnostics& diagnostics) {
  CompileShared shared;
  return Compiler(options, diagnostics, shared).compile(std::move(source));
}

} // namespace sieve
