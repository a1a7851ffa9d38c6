// SPDX-License-Identifier: MIT
// mboxmetadata (RFC 5490 sections 3.3 and 3.4): complete. metadata and metadataexists. A mailbox or
// annotation that cannot be makes the test false, with a warning.
#include "sieve/annotations.h"

namespace sieve {

namespace {

std::unique_ptr<Test> compile_metadata(Compiler& compiler, Arguments& arguments) {
  return compile_annotation_matches(compiler, arguments, AnnotationsOf::mailbox);
}
std::unique_ptr<Test> compile_metadataexists(Compiler& compiler, Arguments& arguments) {
  return compile_annotations_exist(compiler, arguments, AnnotationsOf::mailbox);
}

constexpr Type mailbox_name_keys[] = {Type::string, Type::string, Type::strings};
constexpr Type mailbox_names[] = {Type::string, Type::strings};
constexpr TestSpec tests[] = {
    {.name = "metadata",
     .positionals = mailbox_name_keys,
     .groups = matching_groups,
     .compile = compile_metadata},
    {.name = "metadataexists", .positionals = mailbox_names, .compile = compile_metadataexists}};

} // namespace

extern const Extension mboxmetadata_extension;
constinit const Extension mboxmetadata_extension = {.name = "mboxmetadata", .rfc = "5490", .tests = tests};

} // namespace sieve
