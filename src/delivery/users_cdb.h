// SPDX-License-Identifier: MIT
// Lines of a users file compiled into a constant database (cdb), where a lookup costs the same for a million
// users.
#pragma once

#include <stdexcept>
#include <string>

namespace delivery {

/// Lines that cannot be used, each as "FILE:LINE: why".
class CompileError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// Writes the lines of the file `users` (those of users_passwd.h, empty ones and comments with # left out)
/// to the file `database`, under its name only when all of it is on the disk: who looks users up meanwhile
/// sees the old or the new one. Mode and group are those of `users`. Throws CompileError,
/// std::system_error, and std::invalid_argument in a program without cdb.
void compile_users(const std::string& users, const std::string& database);

} // namespace delivery
