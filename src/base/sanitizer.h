// SPDX-License-Identifier: MIT
// LASTMILE_SANITIZED: built with a sanitizer whose runtime reserves more address space than any limit allows,
// and makes system calls of its own.
#pragma once

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define LASTMILE_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define LASTMILE_SANITIZED 1
#endif
#endif
