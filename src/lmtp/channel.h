// SPDX-License-Identifier: MIT
// The two directions of a connection: input in one buffer of fixed size, replies gathered until there is
// nothing left to read, so that a pipelined group of commands is answered by one write (RFC 2920
// section 3.2).
#pragma once

#include "mail/reply.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace lmtp {

/// A command line without its CRLF, or why there is none.
struct Line {
  enum class Fault { none, too_long, bare_lf };
  std::string text;
  Fault fault = Fault::none;
};

class Channel {
public:
  /// Why the conversation is over. Thrown as it is, and caught in one place, the end of the session.
  /// `nonsense` is for the session to throw: the client cannot be followed any more.
  enum class End { end_of_input, cut_line, idle, shutdown, nonsense, broken };
  enum class Shutdown { now, later };

  static constexpr std::size_t longest_line = 4096; // octets of a command line, with CRLF

  Channel(int in, int out, std::chrono::seconds timeout);
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  /// The next command line. Only CRLF ends one. What is too long or holds an LF without CR is reported at
  /// once, and what is left of it up to the CRLF is passed over by the next call: one line, one reply, and no
  /// more memory.
  Line read_line(Shutdown shutdown);

  /// Input that has come and is not consumed; valid until the next fill() or read_line().
  std::string_view buffered() const { return {buffer_.data() + begin_, end_ - begin_}; }
  void consume(std::size_t octets) { begin_ += octets; }
  /// Waits for more input behind what is buffered; replies go out before. At most a few octets may be
  /// unconsumed.
  void fill(Shutdown shutdown = Shutdown::later);

  void send(const mail::Reply& reply, bool utf8);
  /// Writes what was sent. Throws End: broken when the client does not take it in time or is gone.
  void flush();

  /// Makes every fill() that is told Shutdown::now throw End::shutdown. Async-signal-safe.
  static void request_shutdown();

private:
  void await_input(Shutdown shutdown);
  /// How many octets came, 0 at the end of input; nothing: none are there now.
  std::optional<std::size_t> receive();
  std::optional<std::size_t> receive_now();
  static std::optional<std::size_t> received(std::ptrdiff_t got);
  void drain_line(Shutdown shutdown);
  std::size_t send_now(std::string_view octets);

  int in_;
  int out_;
  std::chrono::seconds timeout_;
  std::array<char, 65536> buffer_; // not zeroed: every connection would pay for it
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool inside_bad_line_ = false;
  bool in_is_socket_ = true; // until it turns out not to be
  bool out_is_socket_ = true;
  std::string pending_; // replies not written yet
};

} // namespace lmtp
