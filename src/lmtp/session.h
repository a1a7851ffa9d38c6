// SPDX-License-Identifier: MIT
// One LMTP connection (RFC 2033) over two descriptors: reads commands, keeps the state of the transaction,
// writes replies. It knows the protocol and nothing of users, scripts or mailboxes: those are behind
// Receiver.
#pragma once

#include "base/spool.h"
#include "lmtp/channel.h"
#include "lmtp/client_attributes.h"
#include "lmtp/command.h"
#include "lmtp/receiver.h"
#include "lmtp/transaction.h"
#include "mail/envelope.h"
#include "mail/reply.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lmtp {

struct SessionOptions {
  std::string hostname = "localhost";
  std::uint64_t size_limit = 50U << 20; // octets of a message with CRLF line ends; 0: none
  std::size_t max_recipients = 1000;    // of one transaction
  std::chrono::seconds timeout{300};    // without a sign of the client; 0: none
  bool trust_client = false;            // offer XCLIENT and XFORWARD
  bool rrvs = false;                    // offer RRVS: the receiver knows since when accounts exist (RFC 7293)
  std::string spool_directory = "/tmp";
  std::size_t spool_threshold = base::Spool::default_threshold;
};

class Session {
public:
  /// Reads `in` and writes `out` (often the same socket) without owning them. Ignores SIGPIPE where `out` is
  /// a pipe.
  Session(int in, int out, Receiver& receiver, SessionOptions options);

  /// Says 220, or 421 where LMTP must not be served.
  void greet();
  /// Greets, unless that was done, and serves until the client is gone. The exit status: 0 after QUIT, at an
  /// end of input between transactions or after request_shutdown; EX_PROTOCOL (76) for an end of input
  /// elsewhere or a client that talks nonsense; EX_IOERR (74) when the client was silent too long or the
  /// connection broke; EX_CONFIG (78) on the SMTP port.
  int run();

  /// Asks the running session to end at the next moment at which no transaction is open: 421 4.3.2. May be
  /// called by a signal handler. It holds for every session that is run after it in this process.
  static void request_shutdown() { Channel::request_shutdown(); }

private:
  enum class Next { command, end };
  struct Verb {
    std::string_view name;
    Next (Session::*run)(std::string_view argument);
    bool trusted = false; // known only if SessionOptions::trust_client
  };
  static const Verb verbs[];

  Next serve(const Line& line);
  const Verb* find_verb(std::string_view name) const;
  Next reply(const mail::Reply& reply);
  int ended(Channel::End reason);
  int end(int status, const std::optional<mail::Reply>& farewell = {});

  Next lhlo(std::string_view argument);
  Next mail(std::string_view argument);
  Next rcpt(std::string_view argument);
  Next data(std::string_view argument);
  Next bdat(std::string_view argument);
  Next rset(std::string_view argument);
  Next noop(std::string_view argument);
  Next vrfy(std::string_view argument);
  Next help(std::string_view argument);
  Next quit(std::string_view argument);
  Next refuse_smtp(std::string_view argument);
  Next xclient(std::string_view argument);
  Next xforward(std::string_view argument);

  mail::Reply greeting() const;
  mail::Reply ask_receiver(const mail::Recipient& recipient);
  std::optional<mail::Reply> refusal_of_bdat() const;
  void take_chunk(std::uint64_t octets, bool keep);
  Next answer_recipients();
  void reset();

  Channel channel_;
  int in_;
  Receiver& receiver_;
  SessionOptions options_;
  mail::Client client_;                    // of the connection; XCLIENT changes it
  std::optional<mail::Client> forwarded_;  // XFORWARD, for the next transaction only
  std::optional<Transaction> transaction_; // from MAIL on
  base::Spool spool_;
  bool welcomed_ = false;   // greet()
  std::optional<int> over_; // the exit status, when greet() was the end
  bool greeted_ = false;    // LHLO was answered
  bool in_content_ = false; // inside a chunk, also a refused one
  unsigned bad_commands_ = 0;
};

/// The descriptor is a TCP socket of local port 25, where RFC 2033 section 5 forbids LMTP.
bool on_smtp_port(int fd);

} // namespace lmtp
