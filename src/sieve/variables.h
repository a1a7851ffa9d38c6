// SPDX-License-Identifier: MIT
// The variables of a running script (RFC 5229), for the extensions that read and set them.
#pragma once

#include "base/ascii.h"
#include "sieve/error.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sieve {

class Compiler;
class Execution;
struct NamespaceSpec;

using VariableMap = std::map<std::string, std::string, base::IgnoringCaseLess>;

/// Of one script, included or not (in Execution::local()).
struct LocalVariables {
  VariableMap values;
  std::set<std::string, base::IgnoringCaseLess> global_names; // declared with `global` (RFC 6609 section 3.4)
};

/// Shared by a script and those it includes (in Execution::slots).
struct GlobalVariables {
  VariableMap values;
};

/// While a script compiles (in Compiler::slot()): the plain variables that commands so far can set.
struct SetVariables {
  std::set<std::string, base::IgnoringCaseLess> names;
};

/// A name as scripts write it: "x", "12", "namespace.x".
struct VariableName {
  std::vector<std::string> parts; // the last is the variable, those before it the namespace
  bool is_match_value() const;    // a number
  bool is_plain() const { return parts.size() == 1 && !is_match_value(); }
};

/// Nothing if it is no variable name (RFC 5229 section 3).
std::optional<VariableName> parse_variable_name(std::string_view text);

/// A variable that a command can set: plain, or in a namespace that allows it.
struct VariableTarget {
  std::string name;
  const NamespaceSpec* space = nullptr;
  std::string rest; // behind the namespace's name
  Position position;
};
/// Reports to the compiler, and nothing, if `name` cannot be set.
std::optional<VariableTarget> bind_variable(Compiler& compiler, Position position, std::string_view name);

/// Reports to the compiler, and false, if no variable can have that name or nobody answers for its namespace.
bool check_variable_name(Compiler& compiler, Position position, std::string_view name);

/// Empty if it was never set.
std::string read_variable(Execution& execution, std::string_view name);
/// Cuts the value at the size limit. Throws ScriptError if there are too many variables.
void set_variable(Execution& execution, const VariableTarget& target, std::string value);

} // namespace sieve
