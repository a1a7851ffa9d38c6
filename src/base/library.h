// SPDX-License-Identifier: MIT
// A shared library that is loaded when it is first needed. Most deliveries need none: loading four of them
// at every start would cost more than the delivery. A static executable has them linked in.
#pragma once

#include "config.h"

namespace base {

class Library {
public:
  /// `name` is what dlopen(3) takes: "libmagic.so.1". Stays loaded until the process ends.
  explicit Library(const char* name);

  bool loaded() const { return handle_ != nullptr; }
  /// Null if the library has no such function, or is not there.
  void* find(const char* function) const;

private:
  void* handle_;
};

} // namespace base

#define BASE_TEXT_OF(name) #name
#define BASE_TEXT(name) BASE_TEXT_OF(name)

/// A member `name` of a struct that has a base::Library before it: the library's function of that name. A
/// macro, because headers rename their functions by macros (pcre2_match is pcre2_match_8), and because
/// decltype is all that may be asked of a function that is not linked.
#ifdef LASTMILE_STATIC
#define BASE_FUNCTION(library, name) decltype(&::name) name = &::name
#else
#define BASE_FUNCTION(library, name)                                                                         \
  decltype(&::name) name = reinterpret_cast<decltype(&::name)>((library).find(BASE_TEXT(name)))
#endif
