// SPDX-License-Identifier: MIT
// --deliver: one message on a descriptor for one user, the result as an exit status of sysexits.h.
#pragma once

#include "delivery/agent.h"
#include "mail/reply.h"
#include "options.h"

#include <optional>
#include <string_view>

/// Reads `input` to its end, delivers it to options.user, and says on standard error what went wrong. Line
/// ends may be LF or CRLF; a leading From_ line of an mbox file is taken off. Returns the exit status. Throws
/// std::system_error when the message could not be read.
int deliver_local(const Options& options, delivery::Agent& agent, int input);

/// The sender that a From_ line names ("From anne@example.org Mon Nov  2 09:15:00 2026"), null for
/// MAILER-DAEMON; nothing if this is no From_ line.
std::optional<mail::Address> from_line_sender(std::string_view line);

/// The null sender or address in the first Return-Path field (RFC 5321 section 4.4); nothing if there is
/// none.
std::optional<mail::Address> return_path(std::string_view message);

/// EX_OK, EX_TEMPFAIL, EX_NOUSER (5.1.x), EX_NOPERM (5.7.x: a script refused), EX_UNAVAILABLE.
int exit_status(const mail::Reply& reply);
