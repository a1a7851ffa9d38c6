// SPDX-License-Identifier: MIT
#include "lmtp/command.h"

#include "lmtp/client_attributes.h"
#include "support/catch.h"

using namespace lmtp;

namespace {

template <typename Value>
std::string refusal(const Parsed<Value>& parsed) {
  const auto* reply = std::get_if<mail::Reply>(&parsed);
  return reply != nullptr ? std::to_string(reply->code) + ' ' + reply->enhanced : "";
}

mail::Envelope envelope(std::string_view argument) { return std::get<mail::Envelope>(parse_mail(argument)); }
mail::Recipient recipient(std::string_view argument) {
  return std::get<mail::Recipient>(parse_rcpt(argument));
}

} // namespace

TEST_CASE("a line is a verb and an argument") {
  const auto command = std::get<Command>(parse_command("  mail \t FROM:<a@b>  "));
  CHECK(command.verb == "mail");
  CHECK(command.argument == "FROM:<a@b>");
  CHECK(std::get<Command>(parse_command("")).verb.empty());
  CHECK(refusal(parse_command(std::string_view("NOOP\0x", 6))) == "500 5.5.2");
  CHECK(refusal(parse_command("NOOP\rRSET")) == "500 5.5.2");
  CHECK(refusal(parse_command("NOOP \x1b[2J")) == "500 5.5.2");
}

TEST_CASE("MAIL with all its parameters") {
  const auto e =
      envelope("FROM:<a@b.example> SIZE=1234 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=QQ+2B1 AUTH=<> BY=-5;NT");
  CHECK(e.reverse_path.str() == "a@b.example");
  CHECK(e.declared_size == 1234U);
  CHECK(e.body == mail::Body::eight_bit_mime);
  CHECK(e.smtputf8);
  CHECK(e.ret == mail::Ret::headers);
  CHECK(e.envid == "QQ+1");
  CHECK(e.auth == "<>");
  REQUIRE(e.by);
  CHECK(e.by->seconds == -5);
  CHECK(e.by->mode == 'N');
  CHECK(e.by->trace);
  CHECK(envelope("from: <> body=7bit").body == mail::Body::seven_bit);
  CHECK(envelope("FROM:<>").reverse_path.empty());
}

TEST_CASE("MAIL refused") {
  const auto code = [](std::string_view argument) { return refusal(parse_mail(argument)); };
  CHECK(code("") == "501 5.5.4");
  CHECK(code("TO:<a@b>") == "501 5.5.4");
  CHECK(code("FROM:a@b") == "501 5.1.7");
  CHECK(code("FROM:<a@b") == "501 5.1.7");
  CHECK(code("FROM:<a@b>SIZE=1") == "501 5.1.7");
  CHECK(code("FROM:<a@b> SIZE=x") == "501 5.5.4");
  CHECK(code("FROM:<a@b> SIZE") == "501 5.5.4");
  CHECK(code("FROM:<a@b> SIZE=99999999999999999999") == "501 5.5.4");
  CHECK(code("FROM:<a@b> SIZE=1 size=2") == "501 5.5.4");
  CHECK(code("FROM:<a@b> BODY=BINARYMIME") == "501 5.5.4");
  CHECK(code("FROM:<a@b> SMTPUTF8=yes") == "501 5.5.4");
  CHECK(code("FROM:<a@b> SMTPUTF8=") == "501 5.5.4");
  CHECK(code("FROM:<a@b> ENVID=a+0Ab") == "501 5.5.4");
  CHECK(code("FROM:<a@b> ENVID=a+4") == "501 5.5.4");
  CHECK(code("FROM:<a@b> BY=0;R") == "501 5.5.4");
  CHECK(code("FROM:<a@b> BY=1;X") == "501 5.5.4");
  CHECK(code("FROM:<a@b> REQUIRETLS") == "555 5.5.4");
  CHECK(code("FROM:<a@b> =") == "555 5.5.4");
}

TEST_CASE("RCPT with all its parameters") {
  const auto r =
      recipient("TO:<a+b@c> NOTIFY=success,DELAY ORCPT=rfc822;Old+2Buser@c RRVS=2014-04-03T23:01:00Z;C");
  CHECK(r.address.local_part == "a+b");
  CHECK((r.notify.given && r.notify.success && r.notify.delay && !r.notify.failure && !r.notify.never));
  CHECK(r.orcpt_type == "rfc822");
  CHECK(r.orcpt == "Old+user@c");
  CHECK(r.rrvs == 1396566060);
  CHECK(recipient("TO:<a@b> ORCPT=utf-8;\\x{E9}t\xc3\xa9@b").orcpt == "\xc3\xa9t\xc3\xa9@b");
  CHECK(recipient("TO:<a@b> NOTIFY=NEVER").notify.never);
  CHECK(recipient("TO:<Postmaster>").address.domain.empty());
  CHECK(recipient("TO:<@x,@y:a@b>").address.str() == "a@b");
  CHECK(recipient("TO:<\"\"@b>").address.str() == "\"\"@b");
}

TEST_CASE("RCPT refused") {
  const auto code = [](std::string_view argument) { return refusal(parse_rcpt(argument)); };
  for (const auto* path : {"<>", "<\"\">", "<a@>", "<@a:>", "a@b", "<a@b> x@y>", "<a b@c>", "<a@b\\>"}) {
    INFO(path);
    CHECK(!code(std::string("TO:") + path).empty());
  }
  CHECK(code("TO:<>") == "501 5.1.3");
  CHECK(code("TO:<a@b> NOTIFY=NEVER,DELAY") == "501 5.5.4");
  CHECK(code("TO:<a@b> NOTIFY=") == "501 5.5.4");
  CHECK(code("TO:<a@b> ORCPT=rfc822") == "501 5.5.4");
  CHECK(code("TO:<a@b> ORCPT=rfc822;a+0D+0Ab") == "501 5.5.4");
  CHECK(code("TO:<a@b> ORCPT=utf-8;\\x{A}") == "501 5.5.4");
  CHECK(code("TO:<a@b> RRVS=yesterday") == "501 5.5.4");
  CHECK(code("TO:<a@b> SIZE=1") == "555 5.5.4");
}

TEST_CASE("BDAT") {
  CHECK(std::get<Chunk>(parse_bdat("0")).octets == 0);
  CHECK(!std::get<Chunk>(parse_bdat("10")).last);
  CHECK(std::get<Chunk>(parse_bdat("10 last")).last);
  for (const auto* bad : {"", "x", "-1", "1 2", "1 LAST x", "99999999999999999999", "0x10"})
    CHECK(refusal(parse_bdat(bad)) == "501 5.5.4");
}

TEST_CASE("timestamps") {
  CHECK(parse_timestamp("1970-01-01T00:00:00Z") == 0);
  CHECK(parse_timestamp("1970-01-01t01:00:00.25+01:00") == 0);
  CHECK(parse_timestamp("2000-02-29T00:00:00-00:30") == 951784200);
  for (const auto* bad :
       {"", "1970-01-01", "1970-02-30T00:00:00Z", "1970-01-01T00:00:00", "1970-01-01T24:00:00Z",
        "1970-01-01T00:00:00Zx", "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00+1:00"})
    CHECK(!parse_timestamp(bad));
}

TEST_CASE("XFORWARD and XCLIENT attributes") {
  mail::Client client;
  CHECK(!read_attributes(AttributeCommand::xforward,
                         "NAME=a.example ADDR=IPV6:::1 IDENT=4+2BX HELO=[UNAVAILABLE]", client));
  CHECK(client.name == "a.example");
  CHECK(client.address == "::1");
  CHECK(client.queue_id == "4+X");
  CHECK(client.helo.empty());
  CHECK(!read_attributes(AttributeCommand::xclient, "name=[tempunavail] LOGIN=joe DESTPORT=24", client));
  CHECK(client.name.empty());
  CHECK(client.login == "joe");
  for (const auto* bad : {"", "NAME", "COLOUR=red", "NAME=a+0Ab", "NAME=a+", "IDENT=x NAME=a=b"}) {
    const auto reply = read_attributes(AttributeCommand::xclient, bad, client);
    REQUIRE(reply);
    CHECK(reply->code == 501);
  }
  CHECK(client.login == "joe");
}
