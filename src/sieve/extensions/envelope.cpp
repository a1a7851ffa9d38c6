// SPDX-License-Identifier: MIT
// envelope (RFC 5228 section 5.4): "from" and "to"; besides them "orig_to" (the original recipient of RFC
// 3461) and "auth" (who submitted it, RFC 4954), as users of other implementations know them.
#include "base/ascii.h"
#include "sieve/address_part.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/match.h"

namespace sieve {

namespace {

void add_part(Execution& execution, const EnvelopeQuery& query, const mail::Address& address,
              ValueList& values) {
  if (auto text = query.part.extract(execution, address)) values.add(std::move(*text));
}

void from_values(Execution& execution, const EnvelopeQuery& query, ValueList& values) {
  const mail::Address& sender = execution.state().envelope.transaction.reverse_path;
  // The null reverse-path is the empty string, whatever part is asked (RFC 5228 section 5.4).
  if (sender.empty()) return values.add_uncounted("");
  add_part(execution, query, sender, values);
}

void to_values(Execution& execution, const EnvelopeQuery& query, ValueList& values) {
  const mail::Address& recipient = execution.state().envelope.recipient.address;
  if (!recipient.empty()) add_part(execution, query, recipient, values);
}

void orig_to_values(Execution& execution, const EnvelopeQuery& query, ValueList& values) {
  const mail::Recipient& recipient = execution.state().envelope.recipient;
  if (recipient.orcpt.empty()) return to_values(execution, query, values);
  if (const auto address = mail::parse_mailbox(recipient.orcpt)) add_part(execution, query, *address, values);
}

void auth_values(Execution& execution, const EnvelopeQuery&, ValueList& values) {
  const std::string& auth = execution.state().envelope.transaction.auth;
  if (!auth.empty()) values.add(auth);
}

constexpr EnvelopePart parts[] = {{.name = "from", .values = from_values},
                                  {.name = "to", .values = to_values},
                                  {.name = "orig_to", .values = orig_to_values},
                                  {.name = "auth", .takes = AddressParts::all, .values = auth_values}};

class EnvelopeTest final : public Test {
public:
  struct Asked {
    Text name;
    const EnvelopePart* part; // null: known at run time only
  };
  std::vector<Asked> asked;
  std::vector<const EnvelopePart*> known; // what a computed name may be
  Match match;
  const AddressPart* address_part = nullptr;
  TextList keys;
  std::vector<TagUse> tags;

  bool test(Execution& execution) const override {
    ValueList values;
    for (const Asked& one : asked) {
      const EnvelopePart* part = one.part != nullptr ? one.part : part_named(execution, one.name);
      if (asked.size() > 1) values.from(part->name);
      part->values(execution, {*address_part, tags}, values);
    }
    return run_match(execution, match, values, keys);
  }

private:
  const EnvelopePart* part_named(Execution& execution, const Text& asked_name) const {
    const std::string text = asked_name.value(execution);
    for (const EnvelopePart* part : known) {
      if (base::equal_ignoring_case(part->name, text)) return part;
    }
    throw ScriptError(asked_name.position, "envelope: unknown part `" + base::printable(text) + "'");
  }
};

std::vector<const EnvelopePart*> known_parts(const Compiler& compiler) {
  std::vector<const EnvelopePart*> known;
  for (const Extension* extension : all_extensions()) {
    if (!compiler.active(*extension)) continue;
    for (const EnvelopePart& part : extension->envelope_parts) known.push_back(&part);
  }
  return known;
}

bool good_part(Compiler& compiler, const Arguments& arguments, const Text& name, const EnvelopePart* part) {
  if (part == nullptr) {
    compiler.error(name.position, "envelope: unknown part `" + base::printable(name.literal()) + "'");
    return false;
  }
  const TagUse* address_part = arguments.tag(TagGroup::address_part);
  if (address_part == nullptr || part->takes == AddressParts::any) return true;
  if (part->takes == AddressParts::all && address_part->spec->address_part == &all_part) return true;
  compiler.error(address_part->position,
                 "envelope: `" + std::string(name.literal()) +
                     "' is no address: it has no part :" + std::string(address_part->spec->name));
  return false;
}

std::unique_ptr<Test> compile_envelope(Compiler& compiler, Arguments& arguments) {
  auto node = std::make_unique<EnvelopeTest>();
  for (const Text& name : arguments.strings(0)) {
    const EnvelopePart* part = name.constant() ? compiler.find_envelope_part(name.literal()) : nullptr;
    if (name.constant() && !good_part(compiler, arguments, name, part)) return nullptr;
    node->asked.push_back({name, part});
  }
  node->known = known_parts(compiler);
  node->match = bind_match(compiler, arguments, arguments.strings(1));
  node->address_part = &chosen_part(arguments);
  node->keys = arguments.strings(1);
  node->tags = arguments.tags();
  return node;
}

constexpr Type two_lists[] = {Type::strings, Type::strings};
constexpr TestSpec tests[] = {
    {.name = "envelope", .positionals = two_lists, .groups = address_groups, .compile = compile_envelope}};

} // namespace

extern const Extension envelope_extension;
constinit const Extension envelope_extension = {
    .name = "envelope", .rfc = "5228", .tests = tests, .envelope_parts = parts};

} // namespace sieve
