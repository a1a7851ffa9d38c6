// SPDX-License-Identifier: MIT
// include (RFC 6609): complete. include, return, global (and import and export, as
// its drafts called it) and the namespace "global". Scripts are found, and
// compiled once, when the script that includes them is: one that is missing without :optional, or includes
// itself without :once, is an error there already (section 3.1 would wait until it runs).
#include "base/utf8.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/variables.h"

#include <algorithm>

namespace sieve {

namespace {

constexpr std::size_t longest_name = 128; // code points (RFC 5804 section 1.6)

/// Scripts that this run has included (:once).
struct Included {
  std::set<const Script*> scripts;
};

class IncludeCommand final : public Command {
public:
  explicit IncludeCommand(bool once) : once_(once) {}

  /// Null when there is nothing to run: :optional and not there, or :once and running already.
  std::shared_ptr<const Script> script;

  Flow run(Execution& execution) const override {
    if (script == nullptr) return Flow::next;
    const bool first = execution.slots.get<Included>().scripts.insert(script.get()).second;
    return first || !once_ ? execution.run_included(*script) : Flow::next;
  }

private:
  bool once_;
};

/// RFC 5804 section 1.6; besides, nothing that could be a path to elsewhere (RFC 6609 section 4).
bool is_script_name(std::string_view name) {
  if (name.empty() || name.front() == '.' || !base::is_utf8(name)) return false;
  if (base::count_code_points(name) > longest_name) return false;
  while (!name.empty()) {
    const auto point = base::next_code_point(name);
    const bool control = point.value < 0x20 || (point.value >= 0x7f && point.value <= 0x9f);
    if (control || point.value == '/' || point.value == 0x2028 || point.value == 0x2029) return false;
    name.remove_prefix(point.length);
  }
  return true;
}

/// One include command: the script that it names, which is compiled when the one that includes it is valid.
class Inclusion {
public:
  Inclusion(Compiler& compiler, const Arguments& arguments)
      : compiler_(compiler), name_(arguments.string(0).literal()), position_(arguments.position(0)),
        global_(arguments.tag("global") != nullptr), once_(arguments.tag("once") != nullptr),
        optional_(arguments.tag("optional") != nullptr), key_((global_ ? "global:" : "personal:") + name_) {}

  std::unique_ptr<Command> compile() {
    if (!is_script_name(name_)) return fail("is no name for a script");
    source_ = source();
    if (source_ == nullptr && !optional_) return fail("does not exist");
    if (compiler_.shared().sources_size > compiler_.limits().included_size) {
      return fail("makes the included scripts larger than " +
                  std::to_string(compiler_.limits().included_size) + " octets");
    }
    auto node = std::make_unique<IncludeCommand>(once_);
    if (source_ != nullptr)
      compiler_.when_valid([self = *this, &node = *node]() mutable { self.complete(node); });
    return node;
  }

private:
  std::nullptr_t fail(const std::string& why) {
    compiler_.error(position_, "include: `" + base::printable(name_) + "' " + why);
    return nullptr;
  }

  /// Read once, however often it is included; null if it is not there.
  std::shared_ptr<const std::string> source() {
    auto& shared = compiler_.shared();
    if (const auto known = shared.sources.find(key_); known != shared.sources.end()) return known->second;
    const Host* host = compiler_.options().host;
    const auto location = global_ ? ScriptLocation::global : ScriptLocation::personal;
    auto text = host != nullptr ? host->script(location, name_) : std::nullopt;
    if (!text) return nullptr;
    shared.sources_size += text->size();
    return shared.sources[key_] = std::make_shared<const std::string>(std::move(*text));
  }

  void complete(IncludeCommand& node) {
    auto& shared = compiler_.shared();
    if (std::find(shared.open.begin(), shared.open.end(), key_) != shared.open.end()) {
      if (!once_) fail("includes itself");
      return;
    }
    const auto known = shared.scripts.find(key_);
    node.script = known != shared.scripts.end() ? known->second : first_time();
  }

  std::shared_ptr<const Script> first_time() {
    auto& shared = compiler_.shared();
    if (shared.scripts.size() >= compiler_.limits().includes) return fail("is one included script too many");
    if (shared.open.size() >= compiler_.limits().include_depth) {
      return fail("is included too deep in other scripts");
    }
    CompileOptions options = compiler_.options();
    options.name = name_;
    shared.open.push_back(key_);
    auto script = Compiler(options, compiler_.diagnostics(), shared).compile(*source_);
    shared.open.pop_back();
    if (script == nullptr) return fail("cannot be compiled");
    return shared.scripts[key_] = std::move(script);
  }

  Compiler& compiler_;
  std::string name_;
  Position position_;
  bool global_, once_, optional_;
  std::string key_;
  std::shared_ptr<const std::string> source_;
};

std::unique_ptr<Command> compile_include(Compiler& compiler, Arguments& arguments) {
  if (!exclusive(compiler, arguments, "personal", "global")) return nullptr;
  if (arguments.string(0).constant()) return Inclusion(compiler, arguments).compile();
  compiler.error(arguments.position(0), "include: the name must be a constant string");
  return nullptr;
}

class Return final : public Command {
public:
  Flow run(Execution& execution) const override { return execution.leave(&execution.script()); }
};

std::unique_ptr<Command> compile_return(Compiler&, Arguments&) { return std::make_unique<Return>(); }

class GlobalCommand final : public Command {
public:
  explicit GlobalCommand(std::vector<std::string> names) : names_(std::move(names)) {}
  Flow run(Execution& execution) const override {
    execution.local().get<LocalVariables>().global_names.insert(names_.begin(), names_.end());
    return Flow::next;
  }

private:
  std::vector<std::string> names_;
};

/// Names that the script being compiled has declared.
struct Declared {
  std::set<std::string, base::IgnoringCaseLess> names;
};

/// What is wrong with the name of a variable to be global; empty: nothing.
std::string fault_of(Compiler& compiler, const Text& name) {
  const auto parsed = name.constant() ? parse_variable_name(name.literal()) : std::nullopt;
  if (!parsed || !parsed->is_plain()) return "is no name for a global variable";
  if (name.literal().size() > compiler.limits().variable_name_length) return "has too long a name";
  const bool declared = compiler.slot<Declared>().names.contains(name.literal());
  if (!declared && compiler.slot<SetVariables>().names.contains(name.literal())) {
    return "was set before: it is local";
  }
  return {};
}

std::unique_ptr<Command> compile_global(Compiler& compiler, Arguments& arguments) {
  if (!compiler.active("variables")) {
    compiler.error(arguments.position(), "global wants require \"variables\" too");
    return nullptr;
  }
  std::vector<std::string> names;
  for (const Text& name : arguments.strings(0)) {
    const std::string fault = fault_of(compiler, name);
    if (!fault.empty()) {
      compiler.error(name.position, "global: `" + base::printable(name.literal()) + "' " + fault);
      return nullptr;
    }
    names.emplace_back(name.literal());
    compiler.slot<Declared>().names.insert(names.back());
  }
  return std::make_unique<GlobalCommand>(std::move(names));
}

/// Has the script being compiled import or export commands already?
struct OldDeclarations {
  bool begun = false;
};

/// import and export, of the drafts before RFC 6609: what `global` declares, but at the beginning alone.
std::unique_ptr<Command> compile_old_global(Compiler& compiler, Arguments& arguments) {
  bool& begun = compiler.slot<OldDeclarations>().begun;
  if (compiler.depth() == 1 && (begun || compiler.require_allowed())) {
    begun = true;
    return compile_global(compiler, arguments);
  }
  compiler.error(arguments.position(), "import and export must stand before all commands but require");
  return nullptr;
}

class GlobalVariable final : public Reference {
public:
  explicit GlobalVariable(std::string_view name) : name_(name) {}
  std::string value(Execution& execution) const override {
    const VariableMap& values = execution.slots.get<GlobalVariables>().values;
    const auto found = values.find(name_);
    return found == values.end() ? std::string() : found->second;
  }

private:
  std::string name_;
};

std::shared_ptr<const Reference> global_reference(Compiler& compiler, Position position,
                                                  std::string_view rest) {
  const auto parsed = parse_variable_name(rest);
  if (parsed && parsed->is_plain()) return std::make_shared<GlobalVariable>(rest);
  compiler.error(position, "`" + base::printable(rest) + "' is no name for a global variable");
  return nullptr;
}

void assign_global(Execution& execution, Position position, std::string_view rest, std::string value) {
  auto& values = execution.slots.get<GlobalVariables>().values;
  const std::string name(rest);
  if (values.size() >= execution.limits().variables && !values.contains(name)) {
    throw ScriptError(position, "there are too many global variables");
  }
  values[name] = std::move(value);
}

constexpr Type one_string[] = {Type::string};
constexpr Type one_list[] = {Type::strings};
constexpr TagSpec include_tags[] = {
    {.name = "personal"}, {.name = "global"}, {.name = "once"}, {.name = "optional"}};
constexpr CommandSpec commands[] = {
    {.name = "include", .positionals = one_string, .tags = include_tags, .compile = compile_include},
    {.name = "return", .compile = compile_return},
    {.name = "global", .positionals = one_list, .compile = compile_global},
    {.name = "import", .positionals = one_list, .compile = compile_old_global},
    {.name = "export", .positionals = one_list, .compile = compile_old_global},
};
constexpr NamespaceSpec namespaces[] = {
    {.name = "global", .reference = global_reference, .assign = assign_global}};

} // namespace

extern const Extension include_extension;
constinit const Extension include_extension = {
    .name = "include", .rfc = "6609", .commands = commands, .namespaces = namespaces};

} // namespace sieve
