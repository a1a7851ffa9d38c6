// SPDX-License-Identifier: MIT
// Syntax tree to script: names are looked up among what the script required, arguments checked, nodes made
// (RFC 5228 sections 2.10.5, 3.2). Errors are collected; the first of a command is reported, then the
// compiler goes on.
#pragma once

#include "sieve/arguments.h"
#include "sieve/script.h"
#include "sieve/sieve.h"

#include <any>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <typeindex>

namespace sieve {

/// What one compilation and those of its included scripts share.
struct CompileShared {
  std::map<std::string, std::shared_ptr<const Script>, std::less<>>
      scripts;                   // included ones, by location and name
  std::vector<std::string> open; // those being compiled now, outermost first: a cycle is seen here
  std::map<std::string, std::shared_ptr<const std::string>, std::less<>> sources; // of included ones
  std::size_t sources_size = 0;                                                   // octets of all these
};

class Compiler {
public:
  Compiler(const CompileOptions& options, Diagnostics& diagnostics, CompileShared& shared);

  std::shared_ptr<const Script> compile(std::string source);

  // What extensions use while they make their nodes.
  void error(Position position, const std::string& text);
  void warning(Position position, const std::string& text);
  /// Errors of this script so far.
  std::size_t errors() const { return errors_; }
  const CompileOptions& options() const { return options_; }
  const Limits& limits() const { return options_.limits; }
  Diagnostics& diagnostics() { return diagnostics_; }
  CompileShared& shared() { return shared_; }

  bool active(const Extension& extension) const { return script_->active.contains(&extension); }
  bool active(std::string_view capability) const;
  /// Null, and no error, if the extension does not exist or may not be used here.
  const Extension* usable(std::string_view capability) const;
  void activate(const Extension& extension);
  /// `require` must precede all other commands (RFC 5228 section 3.2). Of misplaced ones that stand together
  /// only the first is told.
  bool require_allowed() const { return depth_ == 1 && require_allowed_; }

  Text text(const StringLiteral& literal);
  /// A view of what lives as long as the script.
  std::string_view keep(std::string text) { return script_->texts.emplace_front(std::move(text)); }
  /// Up to the first that is wrong.
  TextList texts(const std::vector<StringLiteral>& literals);

  /// What is done once the whole script is valid, in order, up to the first that reports an error.
  void when_valid(std::function<void()> step) { steps_.push_back(std::move(step)); }

  /// The block of a command that has one.
  Block block(const Arguments& arguments) { return block(*arguments.construct().block); }
  Block block(const std::vector<Construct>& commands);
  /// The node of the command before this one in the same block, for elsif and else; null if it was faulty.
  Command* previous() const { return previous_.node; }
  /// Tells that no elsif or else of this chain can run: they need not be valid (RFC 5463 section 4).
  void decide_chain() { previous_.decided = true; }
  /// How deep in blocks the current command stands; 1 at top level.
  std::size_t depth() const { return depth_; }

  /// A tag that this command may take now; null if there is none of that name.
  const TagSpec* find_tag(const Signature& signature, std::string_view name) const;
  void unknown_tag(Position position, const std::string& what, const Signature& signature,
                   std::string_view tag);
  const Comparator* find_comparator(std::string_view name) const;
  const EnvelopePart* find_envelope_part(std::string_view name) const;
  const NamespaceSpec* find_namespace(std::string_view name) const;

  /// A place where an extension keeps what it must remember while this script compiles.
  template <class T>
  T& slot() {
    auto& held = slots_[typeid(T)];
    if (!held.has_value()) held = std::make_any<T>();
    return *std::any_cast<T>(&held);
  }

private:
  struct Previous {
    Command* node = nullptr;
    std::string_view name;
    bool decided = false;
  };
  bool compile_commands();
  Text joined(std::vector<TextPiece> pieces, Position position);
  template <class Made>
  const Spec<Made>* find(std::string_view name) const;
  template <class Made>
  std::unique_ptr<Made> make(const Spec<Made>& spec, const Construct& construct);
  void command(const Construct& construct, Block& into);
  bool follows(const CommandSpec& spec, const Construct& construct);
  void unknown(const Construct& construct, bool is_test);
  std::unique_ptr<Test> test(const Construct& construct);
  bool subtests(const Construct& construct, std::optional<bool> deciding, Arguments& arguments);
  std::string suggestion(bool is_test, std::string_view name) const;
  bool number_of_tests(SubTests wanted, const Construct& construct);
  bool presence_of_block(bool wanted, const Construct& construct);

  const CompileOptions& options_;
  Diagnostics& diagnostics_;
  CompileShared& shared_;
  std::shared_ptr<Script> script_;
  std::vector<const Extension*> lookup_; // core language and what is active, in order of activation
  std::size_t errors_ = 0;
  bool require_allowed_ = true;
  Previous previous_;
  std::size_t depth_ = 1;
  std::set<std::string, std::less<>> reported_; // unknown names and tags: one report each
  std::map<std::type_index, std::any> slots_;
  std::vector<std::function<void()>> steps_;
};

} // namespace sieve
