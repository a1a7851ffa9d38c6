// SPDX-License-Identifier: MIT
// Tests of IMAP annotations (RFC 5464) of a mailbox or of the server (RFC 5490 sections 3.3 to 4.2).
#pragma once

#include "sieve/arguments.h"

#include <memory>
#include <string_view>

namespace sieve {

/// RFC 5464 section 3.2: below /private or /shared, components not empty, ASCII without wildcards.
bool is_annotation_name(std::string_view name);

enum class AnnotationsOf { mailbox, server };

/// The mailbox, if it is one's annotation, is the first positional; the annotation's name, or names, follow.
std::unique_ptr<Test> compile_annotation_matches(Compiler& compiler, Arguments& arguments, AnnotationsOf of);
std::unique_ptr<Test> compile_annotations_exist(Compiler& compiler, Arguments& arguments, AnnotationsOf of);

} // namespace sieve
