// SPDX-License-Identifier: MIT
// System calls that fail, or kill the process, when a test says so. The test program has these calls of the C
// library itself (fault.cpp). They are armed for the process that says so alone: the test's, which is the
// parent of a delivery, or the child that delivers, by the test's script.
#pragma once

namespace fault {

enum class Call { linkat, renameat, fsync, fstat, read, write, writev, poll, waitpid, unlinkat, ftruncate };
enum class Moment { before, after, half };

/// The n-th call from now on, counted from 1, returns -1 with `error` in errno: and does nothing, or (after)
/// is done all the same.
void fail(Call call, unsigned n, int error, Moment moment = Moment::before);
/// The process is killed at the n-th call from now on: before it is done, after it, or when half of its
/// octets are written.
void kill_at(Call call, unsigned n, Moment moment);
/// All calls work again.
void disarm();

} // namespace fault
