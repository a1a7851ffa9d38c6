// SPDX-License-Identifier: MIT
#include "sieve/testsuite/language.h"

#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/testsuite/world.h"

namespace sieve::testsuite {

namespace {

constinit const Extension* const rooms[] = {&block_language,  &message_language, &script_language,
                                            &result_language, &mailbox_language, &settings_language};

/// ${tst.path}: the directory of the test file; every other variable of the namespace is empty.
std::shared_ptr<const Reference> test_variable(Compiler& compiler, Position, std::string_view rest) {
  class Path final : public Reference {
  public:
    explicit Path(std::string path) : path_(std::move(path)) {}
    std::string value(Execution&) const override { return path_; }

  private:
    std::string path_;
  };
  const auto& world = dynamic_cast<const World&>(*compiler.options().host);
  return std::make_shared<Path>(base::equal_ignoring_case(rest, "path") ? world.directory() : std::string());
}

constexpr NamespaceSpec namespaces[] = {{.name = "tst", .reference = test_variable}};

constinit const Extension extension = {.name = "vnd.dovecot.testsuite",
                                       .rfc = "",
                                       .namespaces = namespaces,
                                       .on_require = [](Compiler& compiler) {
                                         for (const Extension* room : rooms) compiler.activate(*room);
                                       }};

} // namespace

const Extension& test_language() { return extension; }

} // namespace sieve::testsuite
