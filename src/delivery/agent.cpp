// SPDX-License-Identifier: MIT
#include "delivery/agent.h"

#include "base/limits.h"
#include "base/log.h"
#include "base/sandbox.h"
#include "delivery/children.h"
#include "delivery/errors.h"
#include "delivery/privileges.h"
#include "delivery/recipient.h"
#include "delivery/valid_since.h"
#include "mail/date.h"

#include <csignal>
#include <ctime>
#include <unistd.h>
#include <utility>

namespace delivery {

namespace {

/// The queue id of the client where it told one, else time, pid and a counter.
std::string transaction_id(const mail::Envelope& envelope) {
  if (!envelope.client.queue_id.empty()) return envelope.client.queue_id;
  static unsigned counter = 0;
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  char id[64];
  snprintf(id, sizeof id, "%llX%05lX.%lX.%X", static_cast<unsigned long long>(now.tv_sec),
           static_cast<unsigned long>(now.tv_nsec / 1000), static_cast<unsigned long>(getpid()), ++counter);
  return id;
}

/// A kernel that lacks something delivers all the same.
void warn_once(bool sandbox) {
  static bool told = !sandbox;
  if (std::exchange(told, true)) return;
  if (const auto missing = base::Sandbox::missing(); !missing.empty())
    base::log(base::LogLevel::warning, "deliveries are not fully confined", {{"missing", missing}});
}

} // namespace

Agent::Agent(Settings settings, Evaluator evaluator)
    : settings_(std::move(settings)), evaluator_(std::move(evaluator)), users_(open_users(settings_.users)),
      mail_group_(find_group(settings_.mail_group)) {}

Agent::~Agent() = default;

void expect_mail() {
  static bool done = false;
  if (std::exchange(done, true)) return;
  std::signal(SIGPIPE, SIG_IGN); // a client or a logger that is gone is an error of write(2)
  std::signal(SIGXFSZ, SIG_IGN); // and so is a file that may not grow
  base::set_limits({});          // no core file: it would hold the mail
  base::connect_log();
}

mail::Reply Agent::recipient(const mail::Envelope& envelope, const mail::Recipient& recipient) {
  expect_mail();
  if (envelope.recipients.empty()) accepted_.clear(); // the first of a transaction
  const auto found = find_recipient(settings_, *users_, recipient.address);
  if (const auto* refusal = std::get_if<mail::Reply>(&found)) return *refusal;
  const auto& account = std::get<Account>(found);
  if (const auto changed = owner_has_changed(account.user, recipient)) return *changed;
  if (account.user.quota.value_or(settings_.quota).limited()) {
    if (const auto full = ask_quota(settings_, account, envelope.declared_size.value_or(0), mail_group_))
      return *full;
  }
  accepted_.insert_or_assign(recipient.address.str(), account);
  return {250, "2.1.5", "Recipient ok"};
}

std::variant<Account, mail::Reply> Agent::find(const mail::Recipient& recipient) {
  if (auto known = accepted_.extract(recipient.address.str())) return std::move(known.mapped());
  return find_recipient(settings_, *users_, recipient.address);
}

void Agent::deliver(const mail::Envelope& envelope, const base::Spool& message, const Answer& answer) {
  const auto now = time(nullptr);
  const TraceFacts facts{transaction_id(envelope), now, mail::format_local_date(now)};
  warn_once(settings_.sandbox);
  Children children(settings_, evaluator_, {envelope, message, facts, mail_group_}, answer);
  for (const auto& recipient : envelope.recipients) {
    auto found = find(recipient);
    if (auto* refusal = std::get_if<mail::Reply>(&found))
      children.add_refused(recipient, std::move(*refusal));
    else
      children.add(recipient, std::move(std::get<Account>(found)));
  }
  accepted_.clear();
  children.run();
}

mail::Reply deliver_local(Agent& agent, const std::string& user, const mail::Address& reverse_path,
                          const base::Spool& message) {
  mail::Envelope envelope;
  envelope.reverse_path = reverse_path;
  envelope.client.lhlo = "localhost";
  mail::Recipient recipient;
  recipient.address = mail::parse_mailbox(user).value_or(mail::Address{user, ""});
  auto reply = agent.recipient(envelope, recipient);
  if (!reply.positive()) return reply;
  envelope.recipients = {recipient};
  agent.deliver(envelope, message, [&](const mail::Reply& result) {
    reply = result;
    return true; // the exit status cannot get lost
  });
  return reply;
}

} // namespace delivery
