// SPDX-License-Identifier: MIT
// exists (RFC 5228 section 5.5).
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/fields.h"

#include <algorithm>

namespace sieve {

namespace {

class ExistsTest final : public Test {
public:
  explicit ExistsTest(std::vector<FieldQuery> queries) : queries_(std::move(queries)) {}
  bool test(Execution& execution) const override {
    if (execution.trace() != nullptr) tell(execution);
    return std::all_of(queries_.begin(), queries_.end(),
                       [&](const FieldQuery& query) { return !select_fields(execution, query).empty(); });
  }

private:
  /// For those who watch: the names of the fields that are there, besides those that are asked for.
  void tell(Execution& execution) const {
    ValueList found, names;
    for (const FieldQuery& query : queries_) {
      names.add(query.names.front().value(execution));
      const auto fields = select_fields(execution, query);
      if (!fields.empty()) found.add_view(fields.front()->name);
    }
    execution.compared(found, names.items());
  }

  std::vector<FieldQuery> queries_; // one for each name: all of them must be there
};

std::unique_ptr<Test> compile_exists(Compiler& compiler, Arguments& arguments) {
  const FieldQuery all = bind_fields(compiler, arguments, 0);
  std::vector<FieldQuery> queries;
  for (const Text& name : all.names) {
    queries.push_back(all);
    queries.back().names = {name};
  }
  return std::make_unique<ExistsTest>(std::move(queries));
}

constexpr Type one_list[] = {Type::strings};
constexpr TestSpec tests[] = {{.name = "exists", .positionals = one_list, .compile = compile_exists}};

} // namespace

extern const Extension core_exists;
constinit const Extension core_exists = {.name = "", .rfc = "5228", .tests = tests};

} // namespace sieve
