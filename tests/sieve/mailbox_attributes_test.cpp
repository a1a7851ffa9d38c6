// SPDX-License-Identifier: MIT
// special-use (RFC 8579), mailboxid (RFC 9042), mboxmetadata and servermetadata (RFC 5490), extlists (RFC
// 6134), and capabilities that are refused.
#include "evaluate.h"
#include "support.h"

#include "base/ascii.h"
#include "sieve/host.h"
#include "support/catch.h"

#include <algorithm>
#include <map>

using namespace sieve::test;

namespace {

class World : public sieve::Host {
public:
  bool mailbox_exists(const std::string& mailbox) const override {
    return mailbox == "INBOX" || mailbox == "Spam" || mailbox == "Kept";
  }
  std::optional<std::string> special_use_mailbox(const std::string& attribute) const override {
    if (base::equal_ignoring_case(attribute, "\\Junk")) return "Spam";
    if (base::equal_ignoring_case(attribute, "\\Archive")) return "Kept";
    if (base::equal_ignoring_case(attribute, "\\Important")) return "Kept"; // and "Spam"
    return std::nullopt;
  }
  bool has_special_use(const std::string& mailbox, const std::string& attribute) const override {
    if (base::equal_ignoring_case(attribute, "\\Important") && mailbox == "Spam") return true;
    return special_use_mailbox(attribute) == mailbox;
  }
  std::optional<std::string> mailbox_with_id(const std::string& id) const override {
    return id == "F2212ea87" ? std::optional<std::string>("Kept") : std::nullopt;
  }
  std::optional<std::string> metadata(const std::string& mailbox,
                                      const std::string& annotation) const override {
    const auto found = annotations.find(mailbox + ":" + base::lower(annotation));
    return found == annotations.end() ? std::nullopt : std::optional<std::string>(found->second);
  }
  std::optional<std::vector<std::string>> list_members(const std::string& list) const override {
    if (list == "moderators") return std::vector<std::string>{"ann@example.org", "ben@example.org"};
    if (list == "crowd")
      return std::vector<std::string>{"a@x.org", "b@x.org", "c@x.org", "d@x.org", "e@x.org"};
    if (list == "nobody") return std::vector<std::string>();
    if (list == ":addrbook:Family") return std::vector<std::string>{"Ann@Example.org"};
    return std::nullopt;
  }
  std::optional<bool> list_contains(const std::string& list, const std::string& value) const override {
    if (list == ":addrbook:default") return value == "alice@example.org";
    const auto members = list_members(list);
    if (!members) return std::nullopt;
    return std::any_of(members->begin(), members->end(),
                       [&](const std::string& one) { return base::equal_ignoring_case(one, value); });
  }
  const std::map<std::string, std::string> annotations = {
      {"INBOX:/private/vendor/vendor.isode/auto-replies", "on"},
      {":/private/vendor/vendor.isode/notification-uri", "mailto:a@example.org"},
      {":/shared/admin", ""}};
};

std::string run(const std::string& capabilities, const std::string& script) {
  return outcome_of("require [\"fileinto\", " + capabilities + "];" + script, message, World());
}

/// Does the test hold?
bool is(const std::string& capabilities, const std::string& test) {
  const std::string outcome = run(capabilities, "if " + test + " { fileinto \"yes\"; }");
  INFO(test << " => " << outcome);
  CHECK((outcome == "fileinto yes" || outcome == "implicit keep"));
  return outcome == "fileinto yes";
}

} // namespace

TEST_CASE("specialuse_exists: any mailbox, or that one") {
  const std::string special = "\"special-use\"";
  CHECK(is(special, "specialuse_exists \"\\\\Junk\""));
  CHECK(is(special, "specialuse_exists [\"\\\\junk\", \"\\\\Archive\"]"));
  CHECK_FALSE(is(special, "specialuse_exists [\"\\\\Junk\", \"\\\\Drafts\"]"));
  CHECK(is(special, "specialuse_exists \"Spam\" \"\\\\Junk\""));
  CHECK_FALSE(is(special, "specialuse_exists \"Kept\" \"\\\\Junk\""));
  CHECK_FALSE(is(special, "specialuse_exists \"Spam\" [\"\\\\Junk\", \"\\\\Archive\"]"));
  CHECK_FALSE(is(special, "specialuse_exists \"Nowhere\" \"\\\\Junk\""));
  CHECK_FALSE(is(special, "specialuse_exists \"\xff\" \"\\\\Junk\""));
}

TEST_CASE("vacation :fcc :specialuse and :mailboxid (RFC 8580)") {
  const auto copied_to = [](const std::string& tags) {
    const auto outcome = evaluate(
        "require [\"vacation\", \"fcc\", \"special-use\", \"mailboxid\"]; vacation " + tags + " \"Away\";",
        "To: bob@example.com\n\nText\n", World());
    return only<sieve::Vacation>(outcome).fcc.value().mailbox;
  };
  CHECK(copied_to(":fcc \"Sent\"") == "Sent");
  CHECK(copied_to(":fcc \"Sent\" :specialuse \"\\\\Junk\"") == "Spam");
  CHECK(copied_to(":specialuse \"\\\\Junk\" :fcc \"Sent\"") == "Spam");
  CHECK(copied_to(":specialuse \"\\\\Sent\" :fcc \"Sent\"") == "Sent");
  CHECK(copied_to(":specialuse \"\\\\Important\" :fcc \"Spam\"") == "Spam");
  CHECK(copied_to(":fcc \"Sent\" :mailboxid \"F2212ea87\"") == "Kept");
}

TEST_CASE("fileinto :specialuse") {
  const std::string special = "\"special-use\", \"mailbox\"";
  CHECK(run(special, "fileinto :specialuse \"\\\\Junk\" \"Elsewhere\";") == "fileinto Spam");
  CHECK(run(special, "fileinto :specialuse \"\\\\Drafts\" \"INBOX.Drafts\";") == "fileinto INBOX.Drafts");
  CHECK(run(special, "fileinto :specialuse \"\\\\Important\" \"x\";") == "fileinto Kept");
  CHECK(run(special, "fileinto :specialuse \"\\\\Important\" \"Spam\";") == "fileinto Spam");
  CHECK(run(special, "fileinto :create :specialuse \"\\\\Drafts\" \"D\";") == "fileinto D :create");
  CHECK(run(special, "fileinto \"Spam\"; fileinto :specialuse \"\\\\Junk\" \"x\";") == "fileinto Spam");
  CHECK(errors_of("require [\"fileinto\", \"special-use\"]; fileinto :specialuse \"Junk\" \"x\";") ==
        "1:59: `Junk' is no special-use attribute, as \"\\\\Junk\" is\n");
  CHECK(run("\"special-use\", \"variables\"", "set \"a\" \"Junk\"; fileinto :specialuse \"${a}\" \"x\";") ==
        "implicit keep; error: `Junk' is no special-use attribute, as \"\\\\Junk\" is");
  CHECK(!errors_of("require \"fileinto\"; fileinto :specialuse \"\\\\Junk\" \"x\";").empty());
}

TEST_CASE("mailboxid") {
  CHECK(is("\"mailboxid\"", "mailboxidexists \"F2212ea87\""));
  CHECK_FALSE(is("\"mailboxid\"", "mailboxidexists [\"F2212ea87\", \"other\"]"));
  CHECK(run("\"mailboxid\"", "fileinto :mailboxid \"F2212ea87\" \"INBOX.harassment\";") == "fileinto Kept");
  CHECK(run("\"mailboxid\"", "fileinto :mailboxid \"gone\" \"INBOX.harassment\";") ==
        "fileinto INBOX.harassment");
  CHECK(run("\"mailboxid\", \"mailbox\"", "fileinto :mailboxid \"gone\" :create \"A\";") ==
        "fileinto A :create");
  CHECK(errors_of("require [\"fileinto\", \"mailboxid\", \"special-use\"];\n"
                  "fileinto :mailboxid \"a\" :specialuse \"\\\\Junk\" \"x\";") ==
        "2:10: tag :mailboxid cannot stand together with :specialuse\n");
}

TEST_CASE("annotations") {
  const std::string of_mailbox = "\"mboxmetadata\"", of_server = "\"servermetadata\"";
  CHECK(is(of_mailbox, "metadata :is \"INBOX\" \"/private/vendor/vendor.isode/auto-replies\" \"ON\""));
  CHECK(is(of_mailbox, "metadata \"INBOX\" \"/PRIVATE/vendor/vendor.isode/auto-replies\" \"on\""));
  CHECK_FALSE(is(of_mailbox, "metadata \"Spam\" \"/private/vendor/vendor.isode/auto-replies\" \"on\""));
  CHECK_FALSE(is(of_mailbox, "metadata :matches \"Spam\" \"/private/comment\" \"*\""));
  CHECK(is(of_mailbox, "metadataexists \"INBOX\" \"/private/vendor/vendor.isode/auto-replies\""));
  CHECK_FALSE(is(of_mailbox,
                 "metadataexists \"INBOX\" [\"/private/vendor/vendor.isode/auto-replies\", \"/private/x\"]"));
  CHECK_FALSE(is(of_mailbox, "metadataexists \"\" \"/private/vendor/vendor.isode/notification-uri\""));
  CHECK_FALSE(is(of_mailbox, "metadataexists \"\xff\" \"/private/vendor/vendor.isode/auto-replies\""));
  CHECK(is(of_server,
           "servermetadata :matches \"/private/vendor/vendor.isode/notification-uri\" \"mailto:*\""));
  CHECK(is(of_server, "servermetadataexists [\"/shared/admin\"]"));
  CHECK(is(of_server, "servermetadata \"/shared/admin\" \"\""));
  CHECK_FALSE(is(of_server, "servermetadataexists [\"/shared/admin\", \"/shared/comment\"]"));
  for (const char* bad : {"/other/x", "private/x", "/private/", "/private//x", "/private/x/", "/private/x*",
                          "/private/%", "/private", "", "/private/\xc3\xbc"}) {
    CHECK_FALSE(is(of_server, "servermetadataexists \"" + std::string(bad) + "\""));
  }
  CHECK(run("\"servermetadata\", \"relational\"",
            "if servermetadata :count \"eq\" \"/shared/none\" \"0\" { fileinto \"none\"; }") ==
        "fileinto none");
}

TEST_CASE("values in lists") {
  const std::string lists = "\"extlists\"";
  CHECK(is(lists, "address :list \"from\" \":addrbook:default\""));
  CHECK_FALSE(is(lists, "address :list \"to\" \":addrbook:default\""));
  CHECK(is(lists, "address :list \"from\" [\"moderators\", \":addrbook:default\"]"));
  CHECK(run(lists, "if address :list \"from\" \"no such list\" { discard; }") ==
        "implicit keep; error: there is no list `no such list'");
  for (const char* name :
       {":ADDRBOOK:DEFAULT", ":aDdRbOOk:DeFauLt", ":AddrBook:%44%65%66ault",
        "urn:ietf:params:sieve:addrbook:default", "URN:IETF:params:sieve:addrbook:Default"}) {
    CHECK(is(lists, "address :list \"from\" \"" + std::string(name) + "\""));
  }
  CHECK(is(lists, "valid_ext_list \"urn:ietf:params:sieve:addrbook:%46amily\""));
  CHECK_FALSE(is(lists, "valid_ext_list \":addrbook:family\""));
  CHECK(outcome_of("require \"extlists\"; if not valid_ext_list \":addrbook:default\" { discard; }"
                   "if address :list \"from\" \":addrbook:default\" { discard; }") == "implicit keep");
  CHECK(is(lists + ", \"envelope\"", "envelope :list \"from\" \":addrbook:default\""));
  CHECK(is(lists, "valid_ext_list [\"moderators\", \":addrbook:default\", \"nobody\"]"));
  CHECK_FALSE(is(lists, "valid_ext_list [\"moderators\", \"no such list\"]"));
  CHECK(run(lists + ", \"variables\"",
            "if string :list [\"x\", \"ben@example.org\"] \"moderators\" { fileinto \"${0}\"; }") ==
        "fileinto ben@example.org");
  CHECK(run(lists + ", \"variables\"",
            "if string :list \"ann@example.org\" \":addrbook:Family\" { fileinto \"${0}\"; }") ==
        "fileinto Ann@Example.org");
  CHECK(
      errors_of("require \"extlists\"; if address :list :comparator \"i;octet\" \"from\" \"x\" { keep; }") ==
      "1:32: tag :list cannot stand together with :comparator\n");
  CHECK(!errors_of("require \"extlists\"; if address :list :is \"from\" \"x\" { keep; }").empty());
}

TEST_CASE("redirect :list sends to every member") {
  const std::string lists = "\"extlists\", \"copy\", \"variables\"";
  CHECK(run(lists, "redirect :list \"moderators\";") == "redirect ann@example.org; redirect ben@example.org");
  CHECK(run(lists, "redirect :copy :list \"moderators\";") ==
        "redirect ann@example.org :copy; redirect ben@example.org :copy; implicit keep");
  CHECK(run(lists, "redirect :list \"moderators\"; redirect \"ann@example.org\";") ==
        "redirect ann@example.org; redirect ben@example.org");
  CHECK(run(lists, "set \"l\" \"moderators\"; redirect :list \"${l}\";") ==
        "redirect ann@example.org; redirect ben@example.org");
  CHECK(run(lists, "redirect :list \"nobody\";") == "implicit keep");
  CHECK(run(lists, "redirect :list \"crowd\";") ==
        "implicit keep; error: number of redirect actions exceeds policy limit");
  CHECK(run(lists, "redirect :list \"no such list\";") ==
        "implicit keep; error: there is no list `no such list' to be sent to");
  CHECK(run(lists, "redirect \"moderators\";") == "does not compile: redirect: `moderators' is no address");
}

TEST_CASE("what makes no sense here is refused with the reason") {
  for (const char* name : {"imapsieve", "processcalendar", "snooze"}) {
    const std::string error = errors_of("require \"" + std::string(name) + "\";");
    const std::string start = "1:9: unsupported capability `" + std::string(name) + "': ";
    CHECK(error.substr(0, start.size()) == start);
    CHECK(error.size() > start.size() + 20);
  }
  CHECK(errors_of("require \"nonsense\";") == "1:9: unsupported capability `nonsense'\n");
}
