// SPDX-License-Identifier: MIT
#include "local_delivery.h"

#include "base/ascii.h"
#include "base/io.h"
#include "base/spool.h"
#include "lmtp/data.h"
#include "mail/header.h"

#include <string>
#include <sysexits.h>
#include <unistd.h>
#include <vector>

namespace {

constexpr std::size_t longest_from_line = 4096;

/// stdin as a spool, its From_ line apart.
class Input {
public:
  Input(int fd, std::uint64_t limit) : fd_(fd), limit_(limit) {}

  /// False when there is more than the limit allows.
  bool read() {
    std::vector<char> buffer(65536);
    while (const std::size_t got = base::read_some(fd_, buffer.data(), buffer.size())) {
      head_.append(buffer.data(), got);
      if (started_ || head_.size() > longest_from_line || head_.find('\n') != std::string::npos) take();
      if (limit_ != 0 && spool_.crlf_size() > limit_) return false;
    }
    take();
    std::string rest;
    decoder_.finish(rest);
    spool_.append(rest);
    spool_.finish();
    return true;
  }

  const base::Spool& spool() const { return spool_; }
  const std::optional<mail::Address>& from_line() const { return from_line_; }

private:
  /// Moves what was read into the spool; of the first line it looks whether it is a From_ line.
  void take() {
    if (!started_) {
      const auto end = head_.find('\n');
      from_line_ = from_line_sender(std::string_view(head_).substr(0, end));
      if (from_line_) head_.erase(0, end == std::string::npos ? end : end + 1);
      started_ = true;
    }
    std::string lines;
    decoder_.decode(head_, lines);
    spool_.append(lines);
    spool_.add_line_ends(decoder_.take_line_ends());
    head_.clear();
  }

  int fd_;
  std::uint64_t limit_;
  bool started_ = false;
  std::string head_; // read, not yet spooled
  std::optional<mail::Address> from_line_;
  lmtp::ChunkDecoder decoder_;
  base::Spool spool_;
};

void complain(const mail::Reply& reply) {
  base::write_all(STDERR_FILENO, "lastmile: " + reply.enhanced + " " + base::printable(reply.text) + "\n");
}

} // namespace

std::optional<mail::Address> from_line_sender(std::string_view line) {
  if (!line.starts_with("From ")) return std::nullopt;
  const auto words = base::words(line.substr(5));
  if (words.empty() || words[0] == "MAILER-DAEMON" || words[0] == "<>") return mail::Address{};
  return mail::parse_mailbox(words[0]).value_or(mail::Address{});
}

std::optional<mail::Address> return_path(std::string_view message) {
  const auto fields = mail::parse_fields(mail::split_sections(message).header);
  const mail::Field* field = mail::find_field(fields, "Return-Path");
  if (!field) return std::nullopt;
  std::string_view rest;
  const std::string value = mail::unfold(field->value);
  return mail::parse_path(base::trim(value), rest);
}

int exit_status(const mail::Reply& reply) {
  if (reply.positive()) return EX_OK;
  if (reply.temporary()) return EX_TEMPFAIL;
  if (reply.enhanced.starts_with("5.1.")) return EX_NOUSER;
  return reply.enhanced.starts_with("5.7.") ? EX_NOPERM : EX_UNAVAILABLE;
}

int deliver_local(const Options& options, delivery::Agent& agent, int fd) {
  delivery::expect_mail();
  Input input(fd, options.size_limit);
  mail::Reply reply{552, "5.3.4", "the message is larger than size-limit"};
  if (input.read()) {
    auto sender = options.sender;
    if (!sender) sender = input.from_line();
    if (!sender) sender = return_path(input.spool().view());
    reply = delivery::deliver_local(agent, options.user, sender.value_or(mail::Address{}), input.spool());
  }
  if (!reply.positive()) complain(reply);
  return exit_status(reply);
}
