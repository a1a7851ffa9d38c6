// SPDX-License-Identifier: MIT
#include "base/library.h"

#include <dlfcn.h>

namespace base {

#ifdef LASTMILE_STATIC

Library::Library(const char*) : handle_(this) {}
void* Library::find(const char*) const { return nullptr; }

#else

Library::Library(const char* name) : handle_(dlopen(name, RTLD_NOW | RTLD_LOCAL)) {}
void* Library::find(const char* function) const { return handle_ ? dlsym(handle_, function) : nullptr; }

#endif

} // namespace base
