// SPDX-License-Identifier: MIT
// envelope-dsn (RFC 6009 section 3): complete. The envelope test asks for "notify", "orcpt", "ret" and
// "envid": what the sender wanted to hear of the delivery (RFC 3461). What the client did not say has no
// value.
#include "sieve/address_part.h"
#include "sieve/execution.h"
#include "sieve/spec.h"

namespace sieve {

namespace {

/// Each condition is a value of its own.
void notify_values(Execution& execution, const EnvelopeQuery&, ValueList& values) {
  const mail::Notify& notify = execution.state().envelope.recipient.notify;
  if (!notify.given) return;
  if (notify.never) values.add_view("NEVER");
  if (notify.success) values.add_view("SUCCESS");
  if (notify.failure) values.add_view("FAILURE");
  if (notify.delay) values.add_view("DELAY");
}

/// As a whole with its type; its parts are those of an address, which it need not be.
void orcpt_values(Execution& execution, const EnvelopeQuery& query, ValueList& values) {
  const mail::Recipient& recipient = execution.state().envelope.recipient;
  if (recipient.orcpt_type.empty()) return;
  if (&query.part == &all_part) return values.add(recipient.orcpt_type + ';' + recipient.orcpt);
  const auto address = mail::parse_mailbox(recipient.orcpt);
  if (!address) return;
  if (auto part = query.part.extract(execution, *address)) values.add(std::move(*part));
}

void ret_values(Execution& execution, const EnvelopeQuery&, ValueList& values) {
  const mail::Ret ret = execution.state().envelope.transaction.ret;
  if (ret != mail::Ret::unspecified) values.add_view(ret == mail::Ret::full ? "FULL" : "HDRS");
}

void envid_values(Execution& execution, const EnvelopeQuery&, ValueList& values) {
  const std::string& envid = execution.state().envelope.transaction.envid;
  if (!envid.empty()) values.add(envid);
}

constexpr EnvelopePart parts[] = {{.name = "notify", .is_address = false, .values = notify_values},
                                  {.name = "orcpt", .values = orcpt_values},
                                  {.name = "ret", .is_address = false, .values = ret_values},
                                  {.name = "envid", .is_address = false, .values = envid_values}};

} // namespace

extern const Extension envelope_dsn_extension;
constinit const Extension envelope_dsn_extension = {
    .name = "envelope-dsn", .rfc = "6009", .envelope_parts = parts};

} // namespace sieve
