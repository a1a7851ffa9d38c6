// SPDX-License-Identifier: MIT
// servermetadata (RFC 5490 section 4): complete. servermetadata and servermetadataexists.
#include "sieve/annotations.h"

namespace sieve {

namespace {

std::unique_ptr<Test> compile_servermetadata(Compiler& compiler, Arguments& arguments) {
  return compile_annotation_matches(compiler, arguments, AnnotationsOf::server);
}
std::unique_ptr<Test> compile_servermetadataexists(Compiler& compiler, Arguments& arguments) {
  return compile_annotations_exist(compiler, arguments, AnnotationsOf::server);
}

constexpr Type name_keys[] = {Type::string, Type::strings};
constexpr Type names[] = {Type::strings};
constexpr TestSpec tests[] = {
    {.name = "servermetadata",
     .positionals = name_keys,
     .groups = matching_groups,
     .compile = compile_servermetadata},
    {.name = "servermetadataexists", .positionals = names, .compile = compile_servermetadataexists}};

} // namespace

extern const Extension servermetadata_extension;
constinit const Extension servermetadata_extension = {
    .name = "servermetadata", .rfc = "5490", .tests = tests};

} // namespace sieve
