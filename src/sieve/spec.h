// SPDX-License-Identifier: MIT
// How the language and its extensions describe themselves. An extension is one constant record of these; the
// compiler looks names up among the records that the script required, checks the arguments against what the
// record says, and lets the record's functions make the nodes. Nothing else in the engine knows an extension
// by name.
#pragma once

#include "sieve/action.h"
#include "sieve/comparator.h"
#include "sieve/node.h"
#include "sieve/value.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace sieve {

class AddressPart;
class Arguments;
class Compiler;
class MatchType;
class MessageState;
struct FieldQuery;
struct StringLiteral;
struct TagUse;

enum class Type : std::uint8_t { none, number, string, strings };

/// Sets of tags of which a command takes at most one, and which any extension may enlarge.
enum class TagGroup : std::uint8_t { none = 0, comparator = 1, match_type = 2, address_part = 4 };
/// Tags that have `modify`, of which a command takes any number.
inline constexpr std::uint8_t modifier_group = 8;
inline constexpr std::uint8_t matching_groups = 1 | 2;
inline constexpr std::uint8_t address_groups = 1 | 2 | 4;

struct TagSpec {
  std::string_view name; // without the colon
  Type parameter = Type::none;
  TagGroup group = TagGroup::none;
  /// To whose commands and tests an extension adds it, blank-separated ("fileinto redirect"). Tags of a group
  /// belong to every command that takes the group; tags in a command's own list need none.
  std::string_view commands = {};
  /// The tags of which one must be there, else this makes no sense (":create" of a copy wants ":fcc"); and
  /// those that cannot stand together with it. Blank-separated.
  std::string_view wants = {};
  std::string_view excludes = {};
  const MatchType* match_type = nullptr;
  const AddressPart* address_part = nullptr;
  /// Judges a parameter that is known at compile time.
  void (*check)(Compiler&, const TagUse&) = nullptr;
  /// For tags on actions: changes the action before it is taken.
  void (*on_action)(Execution&, const TagUse&, Action&) = nullptr;
  /// The same, once all tags had their on_action: for what depends on the others, which come in any order.
  void (*on_complete)(Execution&, const TagUse&, Action&) = nullptr;
  /// For tags on redirect: the addresses that its argument stands for.
  std::vector<std::string> (*recipients)(Execution&, const TagUse&, const std::string& argument) = nullptr;
  /// For modifiers of a value that is stored (RFC 5229 section 4.1): those of higher precedence are applied
  /// first, and of one precedence a command takes at most one. Sizes are kept below `limit` octets. They
  /// belong to every command that takes the modifier_group.
  unsigned precedence = 0;
  std::string (*modify)(const std::string& value, std::size_t limit) = nullptr;
  /// For tags on tests of header fields: changes which fields are asked, at compile time.
  void (*on_fields)(Compiler&, const TagUse&, FieldQuery&) = nullptr;
};

enum class SubTests : std::uint8_t { none, one, list };

template <class Made>
struct Spec {
  std::string_view name;
  std::span<const Type> positionals = {};
  unsigned optional = 0;      // how many of the first positionals may be left out
  unsigned optional_last = 0; // how many of the last; a command has one of both at most
  SubTests tests = SubTests::none;
  /// For lists: a test that is constantly this decides, and those after it need not be valid (RFC 5463
  /// section 4).
  std::optional<bool> deciding = std::nullopt;
  bool block = false;
  std::uint8_t groups = 0; // TagGroup bits it takes
  std::span<const TagSpec> tags = {};
  /// The command that must stand directly before ("if elsif" for elsif), blank-separated; empty: any.
  std::string_view follows = {};
  /// Makes the node; null when there is nothing to run (require, elsif) or an error was reported.
  std::unique_ptr<Made> (*compile)(Compiler&, Arguments&) = nullptr;
};
using CommandSpec = Spec<Command>;
using TestSpec = Spec<Test>;

/// "${name.rest}" (RFC 5229 section 3): who answers for a namespace. Null from `reference`: no such variable,
/// which it reports; it judges the names that `set` is given too.
struct NamespaceSpec {
  std::string_view name;
  std::shared_ptr<const Reference> (*reference)(Compiler&, Position, std::string_view rest) = nullptr;
  /// For `set "name.rest"`; null: variables of this namespace cannot be set.
  void (*assign)(Execution&, Position, std::string_view rest, std::string value) = nullptr;
};

/// What an envelope test wants of the parts it asks.
struct EnvelopeQuery {
  const AddressPart& part;
  const std::vector<TagUse>& tags;
};

/// Which ADDRESS-PART a script may give beside an envelope part.
enum class AddressParts : std::uint8_t { any, all, none };

/// A part that the envelope test can ask (RFC 5228 section 5.4).
struct EnvelopePart {
  std::string_view name;
  AddressParts takes = AddressParts::any;
  void (*values)(Execution&, const EnvelopeQuery&, ValueList&) = nullptr;
};

/// A setting that an extension asks Host::setting() for.
struct SettingSpec {
  std::string_view name;          // "sieve_vacation_min_period"
  std::string_view default_value; // what the extension takes when it is not set
  std::string_view meaning;       // one sentence, for the manual
};

struct Extension {
  std::string_view name;               // the capability that scripts require
  std::string_view rfc;                // where it is specified
  std::string_view state = "complete"; // what is done and what is not, for people
  std::span<const CommandSpec> commands = {};
  std::span<const TestSpec> tests = {};
  std::span<const TagSpec> tags = {};
  std::span<const Comparator* const> comparators = {};
  std::span<const NamespaceSpec> namespaces = {};
  std::span<const EnvelopePart> envelope_parts = {};
  std::span<const SettingSpec> settings = {};
  /// Ready without require (comparators of the base language, test helpers).
  bool always = false;
  /// May `ihave` turn it on? Not if it changes how strings are read (RFC 5463 section 4).
  bool by_ihave = true;
  /// False where this build or installation lacks it; then it cannot be required.
  bool (*available)(const Compiler&) = nullptr;
  /// Called once when a script activates it.
  void (*on_require)(Compiler&) = nullptr;
  /// Rewrites a string literal that has "${" in it when it is compiled, before variables are looked for.
  std::string (*decode_text)(Compiler&, const StringLiteral&, std::string) = nullptr;
  /// Finds the references in such a literal.
  std::vector<TextPiece> (*split_text)(Compiler&, Position, const std::string&) = nullptr;
  /// Answers environment items that the host does not know (RFC 5183).
  std::optional<std::string> (*environment_item)(Execution&, const std::string& name) = nullptr;
  /// Called for each store before its own tags apply, implicit keep included: flags that are in force.
  void (*on_store)(MessageState&, Flags&) = nullptr;
};

/// All extensions of this build, in the order of extensions.def.
std::span<const Extension* const> all_extensions();
const Extension* find_extension(std::string_view name);
/// Why a capability that exists elsewhere is none here; empty if nothing is known of it.
std::string_view reason_to_refuse(std::string_view capability);
/// The base language of RFC 5228, which needs no require, in the same form.
std::span<const Extension* const> core_language();

} // namespace sieve
