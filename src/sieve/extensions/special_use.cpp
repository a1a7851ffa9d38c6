// SPDX-License-Identifier: MIT
// special-use (RFC 8579): complete. specialuse_exists, and :specialuse for fileinto and beside :fcc: the
// mailbox that is named if it has the attribute or no other has, else one that has it now. The attribute is
// not given to a mailbox that :create makes (section 4.1 would like it): where such attributes are kept is
// the administrator's business.
#include "base/ascii.h"
#include "base/utf8.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/fcc.h"

#include <algorithm>

namespace sieve {

namespace {

/// use-attr of RFC 6154 section 6: a backslash and an atom.
bool is_attribute(std::string_view text) {
  if (text.size() < 2 || text.front() != '\\') return false;
  return std::all_of(text.begin() + 1, text.end(), [](char c) {
    const bool special = std::string_view("(){ %*\"\\]").find(c) != std::string_view::npos;
    return !special && !base::is_control(c) && static_cast<unsigned char>(c) < 0x80;
  });
}

std::string no_attribute(std::string_view text) {
  return "`" + base::printable(text) + "' is no special-use attribute, as \"\\\\Junk\" is";
}

bool check_attribute(Compiler& compiler, const Text& attribute) {
  if (!attribute.constant() || is_attribute(attribute.literal())) return true;
  compiler.error(attribute.position, no_attribute(attribute.literal()));
  return false;
}

std::string attribute_of(Execution& execution, const Text& text) {
  std::string attribute = text.value(execution);
  if (!is_attribute(attribute)) throw ScriptError(text.position, no_attribute(attribute));
  return attribute;
}

class SpecialUseExistsTest final : public Test {
public:
  SpecialUseExistsTest(std::optional<Text> mailbox, TextList attributes)
      : mailbox_(std::move(mailbox)), attributes_(std::move(attributes)) {}

  bool test(Execution& execution) const override {
    const Host& host = execution.host();
    const std::string mailbox = mailbox_ ? mailbox_->value(execution) : std::string();
    if (mailbox_ && !base::is_utf8(mailbox)) {
      execution.warn(mailbox_->position, "specialuse_exists: the name is no UTF-8");
      return false;
    }
    if (mailbox_ && !host.mailbox_exists(mailbox)) return false;
    return std::all_of(attributes_.begin(), attributes_.end(), [&](const Text& text) {
      const std::string attribute = attribute_of(execution, text);
      return mailbox_ ? host.has_special_use(mailbox, attribute)
                      : host.special_use_mailbox(attribute).has_value();
    });
  }

private:
  std::optional<Text> mailbox_;
  TextList attributes_;
};

std::unique_ptr<Test> compile_specialuse_exists(Compiler& compiler, Arguments& arguments) {
  for (const Text& attribute : arguments.strings(1)) {
    if (!check_attribute(compiler, attribute)) return nullptr;
  }
  std::optional<Text> mailbox;
  if (arguments.has(0)) mailbox = arguments.string(0);
  return std::make_unique<SpecialUseExistsTest>(std::move(mailbox), arguments.strings(1));
}

void check_tag(Compiler& compiler, const TagUse& tag) { check_attribute(compiler, tag.string()); }

/// Resolved at once, so that the same mailbox under its name gets no second copy. Of several mailboxes the
/// one that is named is taken if it is among them (section 4).
void choose_by_attribute(Execution& execution, const TagUse& tag, Action& action) {
  const Host& host = execution.host();
  const std::string attribute = attribute_of(execution, tag.string());
  std::string& named = mailbox_of(action);
  if (host.mailbox_exists(named) && host.has_special_use(named, attribute)) return;
  if (auto mailbox = host.special_use_mailbox(attribute)) named = std::move(*mailbox);
}

constexpr Type mailbox_and_list[] = {Type::string, Type::strings};
constexpr TestSpec tests[] = {{.name = "specialuse_exists",
                               .positionals = mailbox_and_list,
                               .optional = 1,
                               .compile = compile_specialuse_exists}};
constexpr TagSpec tags[] = {{.name = "specialuse",
                             .parameter = Type::string,
                             .commands = "fileinto",
                             .check = check_tag,
                             .on_complete = choose_by_attribute},
                            {.name = "specialuse", // RFC 8580 section 3.1.3
                             .parameter = Type::string,
                             .commands = "vacation notify",
                             .wants = "fcc",
                             .check = check_tag,
                             .on_complete = choose_by_attribute}};

} // namespace

extern const Extension special_use_extension;
constinit const Extension special_use_extension = {
    .name = "special-use", .rfc = "8579", .tests = tests, .tags = tags};

} // namespace sieve
