// SPDX-License-Identifier: MIT
#include "tools/lint/mend.h"

#include "base/ascii.h"
#include "base/nearest.h"
#include "tools/lint/expired.h"
#include "tools/lint/lint.h"
#include "tools/tokens.h"

#include <algorithm>

namespace tools {

namespace {

bool same_place(sieve::Position a, sieve::Position b) { return a.line == b.line && a.column == b.column; }

/// What stands at a place of the script.
struct Found {
  const sieve::Construct* construct = nullptr; // what it is, or is an argument of
  Kind kind = Kind::command;
  const sieve::Argument* argument = nullptr;
  const sieve::StringLiteral* literal = nullptr;
};

bool find_in_arguments(const sieve::Construct& construct, sieve::Position place, Found& found) {
  for (const auto& argument : construct.arguments) {
    found.argument = &argument;
    if (argument.kind != sieve::Argument::Kind::strings && same_place(argument.position, place)) return true;
    for (const auto& literal : argument.strings) {
      found.literal = &literal;
      if (same_place(literal.position, place)) return true;
    }
    found.literal = nullptr;
  }
  found.argument = nullptr;
  return false;
}

bool find(const std::vector<sieve::Construct>& constructs, Kind kind, sieve::Position place, Found& found) {
  for (const auto& construct : constructs) {
    found.construct = &construct;
    found.kind = kind;
    if (same_place(construct.position, place) || find_in_arguments(construct, place, found)) return true;
    if (find(construct.tests, Kind::test, place, found)) return true;
    if (construct.block && find(*construct.block, Kind::command, place, found)) return true;
  }
  return false;
}

std::string did_you_mean(std::string_view before, std::string_view word, std::string_view after,
                         std::vector<std::string_view> names) {
  std::erase(names, "");
  const auto best = base::nearest(word, names);
  if (best.empty()) return {};
  return "did you mean " + std::string(before) + std::string(best) + std::string(after) + '?';
}

class Mender {
public:
  Mender(const std::vector<sieve::Construct>& script, Found found) : script_(script), found_(found) {}

  std::string_view code() const { return code_; }

  std::string suggestion() {
    if (found_.literal != nullptr) return of_string();
    if (found_.argument != nullptr)
      return found_.argument->kind == sieve::Argument::Kind::tag ? of_tag() : std::string();
    return of_name();
  }

private:
  /// The extension that gives the missing thing, if it is not required yet.
  std::string require(const sieve::Extension& extension) {
    code_ = "missing-require";
    for (const auto& command : script_) {
      if (base::equal_ignoring_case(command.name, "require"))
        return "add \"" + std::string(extension.name) + "\" to the require on line " +
               std::to_string(command.position.line);
    }
    return "write require \"" + std::string(extension.name) + "\"; at the top of the script";
  }

  std::string of_name() {
    const auto& name = found_.construct->name;
    std::vector<std::string_view> names;
    for (const auto* extension : whole_language()) {
      for (const Form& form : forms(*extension, found_.kind)) {
        names.push_back(form.name);
        if (!base::equal_ignoring_case(form.name, name)) continue;
        return extension->name.empty() || is_required(extension->name) ? std::string() : require(*extension);
      }
    }
    code_ = found_.kind == Kind::test ? "unknown-test" : "unknown-command";
    const auto expired = expired_command(name);
    return !expired.empty() ? std::string(expired) : did_you_mean("", name, "", names);
  }

  bool is_required(std::string_view capability) const {
    const LintWorld nowhere;
    return Lint(script_, nowhere).requires_(capability);
  }

  std::string of_tag() {
    const View whole = view(*found_.construct, found_.kind);
    const auto& name = found_.argument->tag;
    if (base::equal_ignoring_case(name, "comparator") && whole.known)
      return of_comparator(std::string(whole.comparator()));
    std::vector<std::string_view> names;
    for (const auto& tag : whole.form.tags) names.push_back(tag.name);
    bool known = false; // of another command
    for (const auto* extension : whole_language()) {
      for (const auto& tag : extension->tags) {
        const bool same = base::equal_ignoring_case(tag.name, name);
        known = known || same;
        if (!lends(tag, whole.form)) continue;
        names.push_back(tag.name);
        if (same && !extension->name.empty() && !is_required(extension->name)) return require(*extension);
      }
    }
    const auto has = [&](std::string_view one) { return base::equal_ignoring_case(one, name); };
    if (std::any_of(names.begin(), names.end(), has)) return {};
    code_ = "unknown-tag";
    const auto expired = expired_tag(whole.form.name, name);
    if (!expired.empty()) return std::string(expired);
    if (known && whole.form.name == "header") return "ask for parts of addresses with the test `address'";
    return did_you_mean(":", name, "", names);
  }

  std::string of_string() {
    const auto text = found_.literal->text;
    if (base::equal_ignoring_case(found_.construct->name, "require")) return of_capability(text);
    if (found_.kind != Kind::test || found_.argument == nullptr) return {};
    if (base::equal_ignoring_case(found_.construct->name, "envelope")) return of_envelope_part(text);
    if (base::equal_ignoring_case(found_.construct->name, "address")) {
      code_ = "not-an-address";
      const auto colon = text.find(':');
      if (colon != std::string::npos) return "write \"" + std::string(text.substr(0, colon)) + '"';
      return "ask for other fields with the test `header'";
    }
    return {};
  }

  std::string of_capability(std::string_view name) {
    code_ = "unknown-capability";
    const auto expired = expired_capability(name);
    if (!expired.empty()) return std::string(expired);
    if (sieve::find_extension(name) != nullptr) {
      code_ = "unavailable-capability";
      const bool programs = name.starts_with("vnd.dovecot.");
      return programs ? "say where the programs are, with --programs" : "";
    }
    std::vector<std::string_view> names;
    for (const auto* extension : sieve::all_extensions()) names.push_back(extension->name);
    return did_you_mean("\"", name, "\"", names);
  }

  std::string of_comparator(std::string_view name) {
    std::vector<std::string_view> names;
    for (const auto* extension : sieve::all_extensions()) {
      for (const auto* comparator : extension->comparators) {
        names.push_back(comparator->name);
        if (comparator->name == name) return is_required(extension->name) ? "" : require(*extension);
      }
    }
    code_ = "unknown-comparator";
    return did_you_mean("\"", name, "\"", names);
  }

  std::string of_envelope_part(std::string_view name) {
    std::vector<std::string_view> names;
    for (const auto* extension : sieve::all_extensions()) {
      for (const auto& part : extension->envelope_parts) {
        names.push_back(part.name);
        if (base::equal_ignoring_case(part.name, name))
          return is_required(extension->name) ? "" : require(*extension);
      }
    }
    return did_you_mean("\"", name, "\"", names);
  }

  const std::vector<sieve::Construct>& script_;
  Found found_;
  std::string_view code_ = "invalid";
};

/// A missing `;' is met at the next token, which may be lines below the place where it belongs.
std::string of_syntax(const sieve::Diagnostic& error, std::string_view source) {
  if (!error.text.starts_with("`;' was expected")) return {};
  if (error.text.ends_with("not `,'")) return "put several strings into brackets: [\"a\", \"b\"]";
  const auto before = token_before(source, error.position);
  if (before.line == 0) return {};
  return "write `;' at the end of line " + std::to_string(before.line);
}

} // namespace

Finding mend(const sieve::Diagnostic& error, const std::vector<sieve::Construct>& script, bool readable,
             std::string_view source) {
  Finding finding{error, "invalid", {}, {}};
  if (error.severity != sieve::Severity::error) {
    finding.code = "questionable";
    return finding;
  }
  if (!readable) {
    finding.code = "syntax";
    finding.suggestion = of_syntax(error, source);
    return finding;
  }
  Found found;
  if (!find(script, Kind::command, error.position, found)) return finding;
  Mender mender(script, found);
  finding.suggestion = mender.suggestion();
  finding.code = mender.code();
  return finding;
}

} // namespace tools
