// SPDX-License-Identifier: MIT
#include "sieve/arguments.h"

#include "base/ascii.h"
#include "sieve/compiler.h"

#include <algorithm>

namespace sieve {

namespace {

std::string type_name(Type type) {
  switch (type) {
  case Type::number: return "a number";
  case Type::string: return "a string";
  case Type::strings: return "a string list";
  case Type::none: break;
  }
  return "nothing";
}

bool fits(const Argument& argument, Type type) {
  switch (type) {
  case Type::number: return argument.kind == Argument::Kind::number;
  case Type::string: return argument.kind == Argument::Kind::strings && !argument.bracketed;
  case Type::strings: return argument.kind == Argument::Kind::strings;
  case Type::none: break;
  }
  return false;
}

} // namespace

const TagUse* Arguments::tag(std::string_view name) const {
  const auto found =
      std::find_if(tags_.begin(), tags_.end(), [&](const TagUse& use) { return use.spec->name == name; });
  return found == tags_.end() ? nullptr : &*found;
}

const TagUse* Arguments::tag(TagGroup group) const {
  const auto found =
      std::find_if(tags_.begin(), tags_.end(), [&](const TagUse& use) { return use.spec->group == group; });
  return found == tags_.end() ? nullptr : &*found;
}

std::optional<Text> Arguments::tag_text(std::string_view name) const {
  const TagUse* use = tag(name);
  return use == nullptr ? std::nullopt : std::optional<Text>(use->string());
}

Position Arguments::position(std::size_t index) const {
  return has(index) ? at(index).position : construct_.position;
}

/// One pass over the arguments; each step reports and returns false at the first mistake.
class Binder {
public:
  Binder(Compiler& compiler, const Signature& signature, Arguments& arguments)
      : compiler_(compiler), signature_(signature), arguments_(arguments),
        given_(arguments.construct().arguments) {}

  /// A string that is wrong in itself was reported when it was read: nothing is to be made of it.
  bool bind() {
    const auto errors = compiler_.errors();
    return no_unknown_tags() && bind_tags() && no_stray_tags() && good_company() && bind_positionals() &&
           compiler_.errors() == errors;
  }

private:
  bool fail(Position position, const std::string& text) {
    compiler_.error(position, text);
    return false;
  }
  std::string what() const {
    return std::string(signature_.is_test ? "test `" : "command `") + std::string(signature_.name) + "'";
  }

  bool no_unknown_tags() {
    for (const Argument& argument : given_) {
      if (argument.kind != Argument::Kind::tag) continue;
      if (compiler_.find_tag(signature_, argument.tag) != nullptr) continue;
      compiler_.unknown_tag(argument.position, what(), signature_, argument.tag);
      return false;
    }
    return true;
  }

  bool bind_tags() {
    while (next_ < given_.size() && given_[next_].kind == Argument::Kind::tag) {
      if (!bind_tag(given_[next_++])) return false;
    }
    return true;
  }

  bool bind_tag(const Argument& argument) {
    const TagSpec* spec = compiler_.find_tag(signature_, argument.tag);
    if (arguments_.tag(spec->name) != nullptr) {
      return fail(argument.position, "tag :" + std::string(argument.tag) + " is given twice");
    }
    if (spec->group != TagGroup::none) {
      if (const TagUse* other = arguments_.tag(spec->group)) {
        return fail(argument.position, "tag :" + std::string(argument.tag) +
                                           " cannot stand together with :" + std::string(other->spec->name));
      }
    }
    TagUse use{spec, argument.position, {}, 0};
    if (spec->parameter != Type::none && !bind_parameter(argument, use)) return false;
    arguments_.tags_.push_back(std::move(use));
    if (spec->check != nullptr) {
      const auto errors = compiler_.errors();
      spec->check(compiler_, arguments_.tags_.back());
      return compiler_.errors() == errors;
    }
    return true;
  }

  bool bind_parameter(const Argument& tag, TagUse& use) {
    const Type type = use.spec->parameter;
    if (next_ == given_.size() || !fits(given_[next_], type)) {
      return fail(tag.position, "tag :" + std::string(tag.tag) + " wants " + type_name(type) + " after it");
    }
    const Argument& parameter = given_[next_++];
    use.number = parameter.number;
    return bind_strings(parameter, use.strings);
  }

  /// False if a string itself is wrong: what the command would make of it is then not judged too.
  bool bind_strings(const Argument& argument, TextList& strings) {
    const auto errors = compiler_.errors();
    strings = compiler_.texts(argument.strings);
    return compiler_.errors() == errors;
  }

  bool no_stray_tags() {
    for (std::size_t i = next_; i < given_.size(); ++i) {
      if (given_[i].kind != Argument::Kind::tag) continue;
      return fail(given_[i].position, "tag :" + std::string(given_[i].tag) +
                                          " must stand before the other arguments of " + what());
    }
    return true;
  }

  bool good_company() {
    for (const TagUse& use : arguments_.tags_) {
      const auto name = [&] { return "tag :" + std::string(use.spec->name); };
      const auto wanted = base::words(use.spec->wants);
      const auto given = [&](std::string_view tag) { return arguments_.tag(tag) != nullptr; };
      if (!wanted.empty() && std::none_of(wanted.begin(), wanted.end(), given)) {
        return fail(use.position, name() + " wants :" + std::string(wanted.front()) + " too");
      }
      for (const auto other : base::words(use.spec->excludes)) {
        if (!given(other)) continue;
        return fail(use.position, name() + " cannot stand together with :" + std::string(other));
      }
    }
    return true;
  }

  bool bind_positionals() {
    const std::size_t count = given_.size() - next_;
    const std::size_t most = signature_.positionals.size();
    const std::size_t least = most - signature_.optional - signature_.optional_last;
    if (count > most || count < least) {
      const std::string wanted = (least < most ? std::to_string(least) + " to " : "") + std::to_string(most);
      return fail(arguments_.position(), what() + " wants " + wanted +
                                             (most == 1 && least == 1 ? " argument" : " arguments") +
                                             " besides its tags, not " + std::to_string(count));
    }
    arguments_.positionals_.reserve(count);
    arguments_.first_ = signature_.optional > 0 ? most - count : 0;
    for (std::size_t i = arguments_.first_; next_ < given_.size(); ++i) {
      if (!bind_positional(given_[next_++], i)) return false;
    }
    return true;
  }

  bool bind_positional(const Argument& argument, std::size_t index) {
    if (!fits(argument, signature_.positionals[index])) {
      return fail(argument.position, "argument " + std::to_string(index + 1) + " of " + what() + " must be " +
                                         type_name(signature_.positionals[index]));
    }
    auto& bound = arguments_.positionals_.emplace_back();
    bound.position = argument.position;
    bound.number = argument.number;
    return bind_strings(argument, bound.strings);
  }

  Compiler& compiler_;
  const Signature& signature_;
  Arguments& arguments_;
  const std::vector<Argument>& given_;
  std::size_t next_ = 0;
};

bool bind_arguments(Compiler& compiler, const Signature& signature, Arguments& arguments) {
  return Binder(compiler, signature, arguments).bind();
}

bool exclusive(Compiler& compiler, const Arguments& arguments, std::string_view one, std::string_view other) {
  const TagUse* first = arguments.tag(one);
  const TagUse* second = arguments.tag(other);
  if (first == nullptr || second == nullptr) return true;
  compiler.error(second->position,
                 "tag :" + std::string(other) + " cannot stand together with :" + std::string(one));
  return false;
}

} // namespace sieve
