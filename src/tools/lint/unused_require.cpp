// SPDX-License-Identifier: MIT
// Capabilities that a script requires and does not use.
#include "base/ascii.h"
#include "tools/lint/lint.h"

#include <algorithm>

namespace tools {

namespace {

/// What of the language a script uses, as far as it needs an extension.
class Uses {
public:
  explicit Uses(const Lint& lint) {
    each_command(lint.script(), [&](const View& command) { note(command); });
    each_test(lint.script(), [&](const View& test) { note(test); });
  }

  bool of(const sieve::Extension& extension) const {
    const auto used = [&](const auto& names) {
      return std::any_of(names.begin(), names.end(),
                         [&](const auto& one) { return words_.contains(base::lower(one->name)); });
    };
    const auto same = [&](const TagView& tag) { return has_tag(extension, tag); };
    const auto has = [&](std::span<const Form> all) {
      return std::any_of(all.begin(), all.end(),
                         [&](const Form& form) { return names_.contains(key(form)); });
    };
    return has(forms(extension, Kind::command)) || has(forms(extension, Kind::test)) ||
           std::any_of(tags_.begin(), tags_.end(), same) || used(extension.comparators) ||
           uses_namespace(extension) || uses_envelope(extension) || uses_text(extension);
  }

private:
  static std::string key(const Form& form) {
    return std::string(form.kind == Kind::test ? "test " : "command ") + std::string(form.name);
  }

  void note(const View& view) {
    unknown_ = unknown_ || !view.known;
    if (!view.known || view.is("require")) return;
    names_.insert(key(view.form));
    for (const TagView& tag : view.tags) tags_.push_back(tag);
    each_string(*view.construct, [&](const sieve::StringLiteral& literal) {
      words_.insert(base::lower(literal.text));
      text_ += base::lower(literal.text) + '\n';
    });
  }

  static bool has_tag(const sieve::Extension& extension, const TagView& used) {
    return std::any_of(extension.tags.begin(), extension.tags.end(), [&](const sieve::TagSpec& tag) {
      return used.extension != nullptr && base::equal_ignoring_case(tag.name, used.spec->name);
    });
  }

  bool uses_namespace(const sieve::Extension& extension) const {
    return std::any_of(extension.namespaces.begin(), extension.namespaces.end(),
                       [&](const sieve::NamespaceSpec& space) {
                         const auto name = std::string(space.name) + '.';
                         return text_.find("${" + name) != std::string::npos ||
                                text_.find('\n' + name) != std::string::npos || text_.starts_with(name);
                       });
  }

  bool uses_envelope(const sieve::Extension& extension) const {
    return std::any_of(
        extension.envelope_parts.begin(), extension.envelope_parts.end(),
        [&](const sieve::EnvelopePart& part) { return words_.contains(base::lower(part.name)); });
  }

  /// Extensions that change how strings are read, or what items there are.
  bool uses_text(const sieve::Extension& extension) const {
    const bool reads_strings = extension.split_text != nullptr || extension.decode_text != nullptr;
    const bool items = extension.environment_item != nullptr && names_.contains("test environment");
    // Commands may take names of variables, which need the extension too.
    const bool names = extension.split_text != nullptr &&
                       (names_.contains("command global") || names_.contains("command extracttext") ||
                        names_.contains("command execute") || names_.contains("test hasflag") ||
                        names_.contains("command addflag") || names_.contains("command setflag") ||
                        names_.contains("command removeflag"));
    return (reads_strings && text_.find("${") != std::string::npos) || items || names;
  }

public:
  bool unknown() const { return unknown_; }

private:
  std::set<std::string, std::less<>> names_, words_;
  std::vector<TagView> tags_;
  std::string text_;
  bool unknown_ = false; // something has a name that no record knows
};

void unused_require(Lint& lint) {
  const Uses uses(lint);
  std::set<std::string, std::less<>> seen;
  each_command(lint.script(), [&](const View& command) {
    if (!command.is("require")) return;
    for (const auto& capability : command.strings(0)) {
      const auto* extension = sieve::find_extension(capability.text);
      if (!seen.emplace(capability.text).second) {
        lint.report(capability.position, ticked(capability.text) + " is required twice", "remove it");
      } else if (extension != nullptr && !extension->always && !uses.unknown() && !uses.of(*extension)) {
        lint.report(capability.position, ticked(capability.text) + " is required and not used", "remove it");
      }
    }
  });
}

} // namespace

extern const Rule unused_require_rule;
constinit const Rule unused_require_rule = {"unused-require", unused_require};

} // namespace tools
