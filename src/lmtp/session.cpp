// SPDX-License-Identifier: MIT
#include "lmtp/session.h"

#include "base/ascii.h"
#include "base/log.h"

#include <algorithm>
#include <exception>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <utility>

namespace lmtp {

namespace {

using Standard = mail::FixedReply;

constexpr Standard ok{250, "2.0.0", "OK"};
constexpr Standard sender_ok{250, "2.1.0", "Sender OK"};
constexpr Standard chunk_ok{250, "2.0.0", "Chunk received"};
constexpr Standard start_input{354, "", "Start mail input, end with <CRLF>.<CRLF>"};
constexpr Standard bye{221, "2.0.0", "Bye"};
constexpr Standard cannot_verify{252, "2.5.2", "Cannot verify, but will take mail for delivery"};
constexpr Standard help_text{214, "2.0.0",
                             "LMTP (RFC 2033): LHLO MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT"};

constexpr Standard rrvs_not_offered{555, "5.5.4", "Unknown parameter: RRVS"};
constexpr Standard unknown_verb{500, "5.5.1", "Unknown command"};
constexpr Standard not_smtp{500, "5.5.1", "This is LMTP: say LHLO (RFC 2033)"};
constexpr Standard line_too_long{500, "5.5.2", "Line too long"};
constexpr Standard bare_line_feed{500, "5.5.2", "A command line ends with CRLF, not with LF alone"};
constexpr Standard no_argument{501, "5.5.4", "This command takes no argument"};
constexpr Standard need_lhlo{503, "5.5.1", "Say LHLO first"};
constexpr Standard need_mail{503, "5.5.1", "Say MAIL first"};
constexpr Standard need_recipients{503, "5.5.1", "No valid recipients"};
constexpr Standard nested_mail{503, "5.5.1", "Sender already given"};
constexpr Standard in_transaction{503, "5.5.1", "Not inside a mail transaction"};
constexpr Standard in_chunks{503, "5.5.1", "BDAT has begun: only BDAT LAST or RSET may follow"};
constexpr Standard declared_too_large{552, "5.3.4", "Message too large"};
constexpr Standard too_many_recipients{452, "4.5.3", "Too many recipients"};
constexpr Standard cannot_ask{451, "4.3.0", "Recipient cannot be checked now"};

constexpr Standard idle_too_long{421, "4.4.2", "Idle too long, closing the connection"};
constexpr Standard shutting_down{421, "4.3.2", "Shutting down, closing the connection"};
constexpr Standard too_many_errors{421, "4.7.0", "Too many errors, closing the connection"};
constexpr Standard smtp_port{421, "4.3.5", "LMTP is not served on the SMTP port (RFC 2033 section 5)"};

constexpr unsigned most_bad_commands = 20; // in a row

/// A command that could not even be understood. Not those that came at the wrong time (503): after a refused
/// MAIL every pipelined RCPT is one. Not recipients with a bad address (501 5.1.3) either.
bool is_bad_command(const mail::Reply& reply) {
  return reply.code == 500 || (reply.code == 501 && reply.enhanced.starts_with("5.5."));
}

} // namespace

constinit const Session::Verb Session::verbs[] = {
    {"LHLO", &Session::lhlo},
    {"MAIL", &Session::mail},
    {"RCPT", &Session::rcpt},
    {"DATA", &Session::data},
    {"BDAT", &Session::bdat},
    {"RSET", &Session::rset},
    {"NOOP", &Session::noop},
    {"VRFY", &Session::vrfy},
    {"HELP", &Session::help},
    {"QUIT", &Session::quit},
    {"HELO", &Session::refuse_smtp},
    {"EHLO", &Session::refuse_smtp},
    {"XCLIENT", &Session::xclient, true},
    {"XFORWARD", &Session::xforward, true},
};

Session::Session(int in, int out, Receiver& receiver, SessionOptions options)
    : channel_(in, out, options.timeout), in_(in), receiver_(receiver), options_(std::move(options)),
      spool_(options_.spool_directory, options_.spool_threshold) {}

void Session::greet() {
  welcomed_ = true;
  try {
    const bool forbidden = on_smtp_port(in_);
    reply(forbidden ? mail::Reply(smtp_port) : greeting());
    channel_.flush(); // nobody may say anything before it
    if (forbidden) over_ = EX_CONFIG;
  } catch (const Channel::End reason) {
    over_ = ended(reason);
  }
}

int Session::run() {
  if (!welcomed_) greet();
  if (over_) return *over_;
  try {
    const auto shutdown = [this] { return transaction_ ? Channel::Shutdown::later : Channel::Shutdown::now; };
    while (serve(channel_.read_line(shutdown())) == Next::command) {}
    return end(EX_OK);
  } catch (const Channel::End reason) {
    return ended(reason);
  }
}

int Session::ended(Channel::End reason) {
  const bool between = !transaction_ && !in_content_;
  switch (reason) {
  case Channel::End::end_of_input: return end(between ? EX_OK : EX_PROTOCOL);
  case Channel::End::cut_line: return end(EX_PROTOCOL);
  case Channel::End::idle: return end(EX_IOERR, idle_too_long);
  case Channel::End::shutdown: return end(EX_OK, shutting_down);
  case Channel::End::nonsense: return end(EX_PROTOCOL, too_many_errors);
  case Channel::End::broken: break;
  }
  return EX_IOERR;
}

int Session::end(int status, const std::optional<mail::Reply>& farewell) {
  if (status != EX_OK)
    base::log(base::LogLevel::warning, "connection ended early",
              {{"reply", farewell ? farewell->text : "end of input"}});
  try {
    if (farewell) channel_.send(*farewell, false);
    channel_.flush();
  } catch (const Channel::End) { // nobody listens any more, and all that had to be done is done
  }
  return status;
}

Session::Next Session::serve(const Line& line) {
  if (line.fault == Line::Fault::too_long) return reply(line_too_long);
  if (line.fault == Line::Fault::bare_lf) return reply(bare_line_feed);
  const auto parsed = parse_command(line.text);
  if (const auto* refusal = std::get_if<mail::Reply>(&parsed)) return reply(*refusal);
  const auto& command = std::get<Command>(parsed);
  const Verb* verb = find_verb(command.verb);
  if (verb == nullptr) return reply(unknown_verb);
  return (this->*verb->run)(command.argument);
}

const Session::Verb* Session::find_verb(std::string_view name) const {
  const auto* found = std::find_if(std::begin(verbs), std::end(verbs), [name](const Verb& verb) {
    return base::equal_ignoring_case(verb.name, name);
  });
  const bool known = found != std::end(verbs) && (!found->trusted || options_.trust_client);
  return known ? found : nullptr;
}

Session::Next Session::reply(const mail::Reply& reply) {
  channel_.send(reply, transaction_ && transaction_->envelope().smtputf8);
  if (reply.positive()) bad_commands_ = 0;
  if (is_bad_command(reply) && ++bad_commands_ >= most_bad_commands) throw Channel::End::nonsense;
  return Next::command;
}

mail::Reply Session::greeting() const { return {220, "", options_.hostname + " LMTP ready"}; }

void Session::reset() {
  transaction_.reset();
  forwarded_.reset();
  spool_.clear();
}

Session::Next Session::lhlo(std::string_view argument) {
  auto name = parse_lhlo(argument);
  if (const auto* refusal = std::get_if<mail::Reply>(&name)) return reply(*refusal);
  reset();
  client_.lhlo = std::move(std::get<std::string>(name));
  greeted_ = true;
  std::string lines = options_.hostname + "\nPIPELINING\n8BITMIME\nENHANCEDSTATUSCODES\nSIZE";
  if (options_.size_limit > 0) lines += ' ' + std::to_string(options_.size_limit);
  lines += "\nCHUNKING\nSMTPUTF8\nDSN";
  if (options_.rrvs) lines += "\nRRVS";
  lines += "\nLIMITS RCPTMAX=" + std::to_string(options_.max_recipients);
  if (options_.trust_client)
    lines += '\n' + announcement(AttributeCommand::xclient) + '\n' + announcement(AttributeCommand::xforward);
  return reply({250, "", lines}); // RFC 2034 section 4: no enhanced code here
}

Session::Next Session::mail(std::string_view argument) {
  if (!greeted_) return reply(need_lhlo);
  if (transaction_) return reply(nested_mail);
  auto parsed = parse_mail(argument);
  if (const auto* refusal = std::get_if<mail::Reply>(&parsed)) return reply(*refusal);
  auto& envelope = std::get<mail::Envelope>(parsed);
  const std::uint64_t declared = envelope.declared_size.value_or(0);
  if (options_.size_limit > 0 && declared > options_.size_limit) return reply(declared_too_large);
  envelope.client = forwarded_.value_or(client_);
  transaction_.emplace(std::move(envelope), spool_, options_.size_limit);
  return reply(sender_ok);
}

Session::Next Session::rcpt(std::string_view argument) {
  if (!transaction_) return reply(need_mail);
  if (transaction_->chunks) return reply(in_chunks);
  auto parsed = parse_rcpt(argument);
  if (const auto* refusal = std::get_if<mail::Reply>(&parsed)) return reply(*refusal);
  if (transaction_->accepted() >= options_.max_recipients) return reply(too_many_recipients);
  auto& recipient = std::get<mail::Recipient>(parsed);
  if (recipient.rrvs && !options_.rrvs) return reply(rrvs_not_offered);
  if (const auto earlier = transaction_->accept_again(recipient)) return reply(*earlier);
  const mail::Reply answer = ask_receiver(recipient);
  if (answer.positive()) transaction_->accept(std::move(recipient), answer);
  return reply(answer);
}

mail::Reply Session::ask_receiver(const mail::Recipient& recipient) {
  try {
    mail::Reply answer = receiver_.recipient(transaction_->envelope(), recipient);
    const bool expected = answer.code / 100 == 2 || answer.code / 100 == 4 || answer.code / 100 == 5;
    return expected ? answer : cannot_ask;
  } catch (const std::exception& error) {
    base::log(base::LogLevel::error, "recipient cannot be checked", {{"error", error.what()}});
    return cannot_ask;
  }
}

Session::Next Session::data(std::string_view argument) {
  if (!argument.empty()) return reply(no_argument);
  if (!transaction_) return reply(need_mail);
  if (transaction_->chunks) return reply(in_chunks);
  if (transaction_->accepted() == 0) return reply(need_recipients);
  reply(start_input);
  DataDecoder decoder;
  std::string output;
  for (bool end = false; !end;) {
    const auto result = decoder.decode(channel_.buffered(), output);
    channel_.consume(result.consumed);
    transaction_->append(output, decoder);
    output.clear();
    end = result.end;
    if (!end) channel_.fill();
  }
  return answer_recipients();
}

std::optional<mail::Reply> Session::refusal_of_bdat() const {
  if (!transaction_) return need_mail;
  if (transaction_->accepted() == 0) return need_recipients;
  return std::nullopt;
}

Session::Next Session::bdat(std::string_view argument) {
  const auto parsed = parse_bdat(argument);
  if (const auto* refusal = std::get_if<mail::Reply>(&parsed)) {
    // How many octets of message follow is not known: to read on would take the message for commands.
    reply(*refusal);
    throw Channel::End::nonsense;
  }
  const auto [octets, last] = std::get<Chunk>(parsed);
  const auto refusal = refusal_of_bdat();
  take_chunk(octets, !refusal);
  if (refusal) return reply(*refusal);
  if (!last) return reply(transaction_->failure().value_or(chunk_ok));
  std::string output;
  transaction_->chunks->finish(output);
  transaction_->append(output, *transaction_->chunks);
  return answer_recipients();
}

void Session::take_chunk(std::uint64_t octets, bool keep) {
  if (keep && !transaction_->chunks) transaction_->chunks.emplace();
  in_content_ = true;
  std::string output;
  while (octets > 0) {
    std::string_view input = channel_.buffered();
    if (octets < input.size()) input = input.substr(0, static_cast<std::size_t>(octets));
    if (keep) {
      transaction_->chunks->decode(input, output);
      transaction_->append(output, *transaction_->chunks);
      output.clear();
    }
    octets -= input.size();
    channel_.consume(input.size());
    if (octets > 0) channel_.fill();
  }
  in_content_ = false;
}

Session::Next Session::answer_recipients() {
  const bool utf8 = transaction_->envelope().smtputf8;
  bool lost = false; // the client is: the delivery of the others goes on all the same
  transaction_->deliver(receiver_, [&](const mail::Reply& reply) {
    try {
      if (lost) return false;
      channel_.send(reply, utf8);
      channel_.flush();
    } catch (const Channel::End) {
      lost = true;
    }
    return !lost;
  });
  reset();
  if (lost) throw Channel::End::broken;
  return Next::command;
}

Session::Next Session::rset(std::string_view argument) {
  if (!argument.empty()) return reply(no_argument);
  reset();
  return reply(ok);
}

Session::Next Session::noop(std::string_view) { return reply(ok); }
Session::Next Session::vrfy(std::string_view) { return reply(cannot_verify); }
Session::Next Session::help(std::string_view) { return reply(help_text); }
Session::Next Session::refuse_smtp(std::string_view) { return reply(not_smtp); }

Session::Next Session::quit(std::string_view argument) {
  if (!argument.empty()) return reply(no_argument);
  reply(bye);
  return Next::end;
}

Session::Next Session::xclient(std::string_view argument) {
  if (transaction_) return reply(in_transaction);
  if (auto refusal = read_attributes(AttributeCommand::xclient, argument, client_)) return reply(*refusal);
  reset();
  greeted_ = false;
  client_.lhlo.clear();
  return reply(greeting());
}

Session::Next Session::xforward(std::string_view argument) {
  if (!greeted_) return reply(need_lhlo);
  if (transaction_) return reply(in_transaction);
  mail::Client client = forwarded_.value_or(client_);
  if (auto refusal = read_attributes(AttributeCommand::xforward, argument, client)) return reply(*refusal);
  forwarded_ = std::move(client);
  return reply(ok);
}

bool on_smtp_port(int fd) {
  constexpr std::uint16_t smtp = 25;
  sockaddr_storage local{};
  socklen_t size = sizeof local;
  if (::getsockname(fd, reinterpret_cast<sockaddr*>(&local), &size) != 0) return false;
  if (local.ss_family == AF_INET) return reinterpret_cast<const sockaddr_in&>(local).sin_port == htons(smtp);
  return local.ss_family == AF_INET6 && reinterpret_cast<const sockaddr_in6&>(local).sin6_port == htons(smtp);
}

} // namespace lmtp
