// SPDX-License-Identifier: MIT
// environment (RFC 5183) and vnd.dovecot.environment.
#include "support.h"

#include "sieve/host.h"
#include "support/catch.h"

using namespace sieve::test;

namespace {

class Somewhere : public sieve::Host {
public:
  std::optional<std::string> environment(const std::string& item) const override {
    if (item == "name") return "lastmile";
    if (item == "location") return "MDA";
    if (item == "remote-host") return "";
    return std::nullopt;
  }
  std::string setting(const std::string& name) const override {
    if (name == "sieve_environment/colour") return "blue";
    return name == "sieve_environment/big_town" ? "Ulm" : "";
  }
};

std::string run(const std::string& text) {
  sieve::MessageEnvelope envelope;
  envelope.user = "carol";
  envelope.transaction.client.queue_id = "4X1y";
  return outcome_of("require [\"variables\", \"fileinto\", \"relational\", \"environment\"," +
                        std::string("\"vnd.dovecot.environment\"];") + text,
                    message, Somewhere(), &envelope);
}

} // namespace

TEST_CASE("environment items match, unknown ones never do") {
  CHECK(run("if environment \"name\" \"LASTMILE\" { discard; }") == "discard");
  CHECK(run("if environment :matches \"location\" \"M*\" { fileinto \"${1}\"; }") == "fileinto DA");
  CHECK(run("if environment :contains \"remote-host\" \"\" { discard; }") == "discard");
  CHECK(run("if environment :contains \"no-such\" \"\" { discard; }") == "implicit keep");
  CHECK(run("if environment :count \"eq\" \"remote-host\" \"0\" { discard; }") == "discard");
  CHECK(run("if environment :count \"eq\" \"name\" \"1\" { discard; }") == "discard");
  CHECK(run("if environment :count \"eq\" \"no-such\" \"0\" { discard; }") == "implicit keep");
}

TEST_CASE("items of our own and of Dovecot, and as variables") {
  CHECK(run("fileinto \"${env.name}-${env.vnd.dovecot.default_mailbox}-${env.vnd.dovecot.username}\";") ==
        "fileinto lastmile-INBOX-carol");
  CHECK(run("fileinto \"q${env.vnd.lastmile.queue_id}-${env.nothing}\";") == "fileinto q4X1y-");
  CHECK(run("fileinto \"${env.vnd.dovecot.config.colour} ${env.vnd.dovecot.config.big_town}\";") ==
        "fileinto blue Ulm");
  CHECK(run("if environment \"vnd.dovecot.config.shape\" \"\" { discard; }") == "implicit keep");
  CHECK(run("if environment \"vnd.lastmile.user\" \"carol\" { discard; }") == "discard");
}

TEST_CASE("vnd.dovecot.environment brings environment along") {
  CHECK(errors_of("require \"vnd.dovecot.environment\"; if environment \"name\" \"x\" { }").empty());
  CHECK(errors_of("require \"variables\"; keep :flags \"${env.name}\";") != "");
  CHECK(errors_of("require [\"variables\", \"vnd.dovecot.environment\"]; set \"env.name\" \"x\";") ==
        "1:55: variable `env.name' is in a namespace whose variables cannot be set\n");
}
