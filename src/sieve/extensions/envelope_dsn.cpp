// SPDX-License-Identifier: MIT
// envelope-dsn (RFC 6009 section 4): complete. The envelope test asks for "notify", "orcpt", "ret" and
// "envid": what the sender wanted to hear of the delivery (RFC 3461), decoded. What the client did not say
// has no value. None is an address: an ADDRESS-PART beside them is an error.
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

/// With the type of the address in front.
void orcpt_values(Execution& execution, const EnvelopeQuery&, ValueList& values) {
  const mail::Recipient& recipient = execution.state().envelope.recipient;
  if (!recipient.orcpt_type.empty()) values.add(recipient.orcpt_type + ';' + recipient.orcpt);
}

void ret_values(Execution& execution, const EnvelopeQuery&, ValueList& values) {
  const mail::Ret ret = execution.state().envelope.transaction.ret;
  if (ret != mail::Ret::unspecified) values.add_view(ret == mail::Ret::full ? "FULL" : "HDRS");
}

void envid_values(Execution& execution, const EnvelopeQuery&, ValueList& values) {
  const std::string& envid = execution.state().envelope.transaction.envid;
  if (!envid.empty()) values.add(envid);
}

constexpr EnvelopePart parts[] = {{.name = "notify", .takes = AddressParts::none, .values = notify_values},
                                  {.name = "orcpt", .takes = AddressParts::none, .values = orcpt_values},
                                  {.name = "ret", .takes = AddressParts::none, .values = ret_values},
                                  {.name = "envid", .takes = AddressParts::none, .values = envid_values}};

} // namespace

extern const Extension envelope_dsn_extension;
constinit const Extension envelope_dsn_extension = {
    .name = "envelope-dsn", .rfc = "6009", .envelope_parts = parts};

} // namespace sieve
