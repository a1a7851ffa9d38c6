// SPDX-License-Identifier: MIT
// System calls that fail, or kill the process, when a test says so. The test program has these calls of the C
// library itself (fault.cpp). A test's script arms them, in the child that delivers.
#pragma once

namespace fault {

enum class Call { linkat, fsync, writev, unlinkat, ftruncate };

/// The n-th call from now on, counted from 1, returns -1 with `error` in errno and does nothing.
void fail(Call call, unsigned n, int error);
/// The process is killed at the n-th call from now on: before it is done, after it, or when half of its
/// octets are written.
enum class Moment { before, after, half };
void kill_at(Call call, unsigned n, Moment moment);
/// All calls work again.
void disarm();

} // namespace fault
