// SPDX-License-Identifier: MIT
// Whole deliveries through children, with evaluators that do what scripts and messages may do to one.
#include "agent_world.h"
#include "base/process.h"

#include <algorithm>
#include <csignal>
#include <new>
#include <stdexcept>
#include <sys/resource.h>
#include <system_error>
#include <thread>

using namespace fixture;

TEST_CASE("agent: mail is kept, with its trace fields") {
  World world;
  auto& bob = world.to("Bob+detail");
  bob.orcpt_type = "rfc822";
  bob.orcpt = "info@example.net";
  const auto replies = world.deliver(plain);
  REQUIRE(replies.size() == 1);
  CHECK(replies[0].code == 250);
  const auto path = only(world.directory / "bob/Maildir/new");
  const auto text = read(path);
  CHECK(text.find("Return-Path: <alice@example.org>\nX-Original-To: info@example.net\n"
                  "Delivered-To: Bob+detail@example.com\nReceived: from unknown\n\tby mx.example (lastmile) "
                  "with LMTP") == 0);
  CHECK(text.substr(text.size() - std::string(message).size()) == message);
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  CHECK(status.st_uid == user_id());
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("agent: recipients") {
  World world;
  Agent agent(world.settings, {});
  const auto ask = [&](const std::string& local) {
    mail::Recipient recipient;
    recipient.address = {local, "example.com"};
    return agent.recipient(world.envelope, recipient).enhanced;
  };
  CHECK(ask("bob") == "2.1.5");
  CHECK(ask("BOB+x") == "2.1.5");
  for (const auto* name : {"nobody-here", "../bob", "", "-bob", ".bob", "bob/x", "b@ob"})
    CHECK(ask(name) == "5.1.1");
  write(world.directory / "users", "root::0:0::/root:\nbroken\n");
  CHECK(ask("root") == "4.3.5");
  unlink((world.directory / "users").c_str());
  CHECK(ask("bob") == "4.3.0");
}

TEST_CASE("agent: evaluators that die lose the filing, not the mail") {
  World world;
  world.to("bob");
  world.to("eve");
  const auto hostile = [&](const std::function<void()>& deed) {
    const auto replies = world.deliver([&](const std::string& user, const sieve::Input& input) {
      if (user == "bob") deed();
      return keep(input);
    });
    REQUIRE(replies.size() == 2);
    CHECK(replies[0].code == 250);
    CHECK(replies[1].code == 250);
    CHECK(world.inbox("bob").size() == 1);
    CHECK(world.inbox("eve").size() == 1);
  };
  SECTION("crash") {
    hostile([] { raise(SIGKILL); });
  }
  SECTION("exception") {
    hostile([] { throw std::logic_error("a bug"); });
  }
  SECTION("no exception at all") {
    hostile([] { throw 42; });
  }
  SECTION("no memory") {
    hostile([] { throw std::bad_alloc(); });
  }
  SECTION("exit") {
    hostile([] { _exit(0); });
  }
  SECTION("endless loop") {
    hostile([] {
      for (volatile bool forever = true; forever;) {}
    });
  }
  SECTION("sleep") {
    world.settings.limits.deadline = std::chrono::seconds(1);
    hostile([] { std::this_thread::sleep_for(std::chrono::seconds(30)); });
  }
}

TEST_CASE("agent: a failure of the machine while evaluating is temporary, for that recipient alone") {
  World world;
  world.to("bob");
  world.to("eve");
  const auto replies = world.deliver([](const std::string& user, const sieve::Input& input) {
    if (user == "bob") throw std::system_error(EIO, std::generic_category());
    return keep(input);
  });
  CHECK(replies[0].code == 451);
  CHECK(replies[1].code == 250);
  CHECK(world.inbox("bob").empty());
}

TEST_CASE("agent: replies come in the recipients' order, one for each") {
  World world;
  world.settings.jobs = 2;
  world.to("bob");
  world.to("nobody-here");
  world.to("eve");
  world.to("bob");
  const auto replies = world.deliver([](const std::string& user, const sieve::Input& input) {
    auto outcome = keep(input);
    if (user == "bob") std::this_thread::sleep_for(std::chrono::milliseconds(100));
    if (user == "eve") act(outcome, sieve::Reject{"No,\r\nthank you.\r\n", true});
    return outcome;
  });
  REQUIRE(replies.size() == 4);
  CHECK(replies[0].code == 250);
  CHECK(replies[1].enhanced == "5.1.1");
  CHECK(replies[2].code == 550);
  CHECK(replies[2].enhanced == "5.7.1");
  CHECK(replies[2].text == "No,\nthank you.");
  CHECK(replies[3].code == 250);
  CHECK(world.inbox("bob").size() == 1); // the same address is delivered to once
  CHECK(world.inbox("eve").empty());
}

TEST_CASE("agent: many recipients need no more descriptors than a few") {
  World world;
  constexpr int count = 100;
  for (int i = 0; i < count; ++i) world.to("bob+" + std::to_string(i));
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &before) == 0);
  const rlimit few{64, before.rlim_max};
  REQUIRE(setrlimit(RLIMIT_NOFILE, &few) == 0);
  const auto replies = world.deliver(plain);
  REQUIRE(setrlimit(RLIMIT_NOFILE, &before) == 0);
  CHECK(std::all_of(replies.begin(), replies.end(),
                    [](const mail::Reply& reply) { return reply.code == 250; }));
  CHECK(world.inbox("bob").size() == count);
}

TEST_CASE("agent: fileinto") {
  World world;
  world.to("bob");
  const auto file = [&](const std::string& mailbox, bool create) {
    return world.deliver([&](const std::string&, const sieve::Input& input) {
      auto outcome = keep(input);
      act(outcome, into(input, "Good", true));
      act(outcome, into(input, mailbox, create));
      return outcome;
    })[0];
  };
  SECTION("all folders") {
    CHECK(file("A/B", true).code == 250);
    CHECK(names(world.directory / "bob/Maildir/.A.B/new").size() == 1);
    CHECK(names(world.directory / "bob/Maildir/.Good/new").size() == 1);
    CHECK(world.inbox("bob").empty());
  }
  SECTION("a folder that is not there, or cannot be: a plain keep") {
    CHECK(file(GENERATE(as<std::string>(), "None", "../../x", ""), false).code == 250);
    CHECK(world.inbox("bob").size() == 1);
    CHECK_FALSE(exists(world.directory / "bob/Maildir/.Good"));
  }
  SECTION("a folder that the machine refuses: nothing anywhere") {
    REQUIRE(mkdir((world.directory / "bob/Maildir").c_str(), 0755) == 0);
    REQUIRE(chown((world.directory / "bob/Maildir").c_str(), user_id(), group_id()) == 0);
    write(world.directory / "bob/Maildir/.Refused", "no folder");
    CHECK(file("Refused", true).code == 451);
    CHECK(names(world.directory / "bob/Maildir/.Good/new").empty());
    CHECK(world.inbox("bob").empty());
  }
}

TEST_CASE("agent: redirect") {
  World world;
  world.to("bob");
  const auto redirect = [&](bool and_break) {
    return world.deliver([&](const std::string&, const sieve::Input& input) {
      auto outcome = keep(input);
      sieve::Redirect redirected;
      redirected.message = snapshot(input);
      redirected.address = {"-carol", "example.net"};
      if (and_break) act(outcome, into(input, "Refused", true));
      act(outcome, redirected);
      return outcome;
    })[0];
  };
  SECTION("sent, and nothing kept") {
    world.sendmail(0);
    CHECK(redirect(false).code == 250);
    const auto sent = read(world.directory / "bob/sent");
    CHECK(sent.find("-i -f alice@example.org -- -carol@example.net\nReceived: ") == 0);
    CHECK(sent.find("X-Sieve-Redirected-From: bob@example.com\n") != std::string::npos);
    CHECK(world.inbox("bob").empty());
    CHECK(redirect(false).code == 250); // the client did not hear the answer and tries again
    CHECK(read(world.directory / "bob/sent") == sent);
  }
  SECTION("sendmail fails") {
    world.sendmail(75);
    CHECK(redirect(false).code == 451);
  }
  SECTION("no sendmail") { CHECK(redirect(false).enhanced == "4.3.5"); }
  SECTION("not sent when a folder cannot be written") {
    world.sendmail(0);
    REQUIRE(mkdir((world.directory / "bob/Maildir").c_str(), 0755) == 0);
    REQUIRE(chown((world.directory / "bob/Maildir").c_str(), user_id(), group_id()) == 0);
    write(world.directory / "bob/Maildir/.Refused", "no folder");
    CHECK(redirect(true).code == 451);
    CHECK_FALSE(exists(world.directory / "bob/sent"));
  }
}

TEST_CASE("agent: vacation answers once, the success notice is sent") {
  World world;
  world.sendmail(0);
  auto& bob = world.to("bob");
  bob.notify = {true, false, true, false, false};
  const auto script = [](const std::string&, const sieve::Input& input) {
    auto outcome = keep(input);
    sieve::Vacation vacation;
    vacation.handle = "h";
    vacation.sender = "alice@example.org";
    vacation.seconds = 86400;
    vacation.mail = {{}, {{"alice", "example.org"}}, "Subject: away\n\n.\n"};
    act(outcome, vacation);
    outcome.implicit_keep = true;
    return outcome;
  };
  CHECK(world.deliver(script)[0].code == 250);
  CHECK(world.deliver(script)[0].code == 250);
  const auto sent = read(world.directory / "bob/sent");
  CHECK(sent.find("-i -f <> -- alice@example.org\nSubject: away") != std::string::npos);
  CHECK(sent.find("Subject: away") == sent.rfind("Subject: away"));
  CHECK(sent.find("Action: delivered") != std::string::npos);
  CHECK(world.inbox("bob").size() == 2);
}

TEST_CASE("agent: loops are refused") {
  World world;
  world.to("bob");
  world.spool.clear();
  SECTION("delivered before") { world.spool.append("Delivered-To: BOB@example.com\n\nx\n"); }
  SECTION("by an earlier hop") { world.spool.append("Received: x\nDelivered-To: bob@example.com\n\nx\n"); }
  SECTION("too many hops") {
    for (int i = 0; i < 101; ++i) world.spool.append("Received: x\n");
    world.spool.append("\nx\n");
  }
  world.spool.finish();
  CHECK(world.deliver(plain)[0].enhanced == "5.4.6");
}

TEST_CASE("agent: no loop is what the mail server itself wrote on handing it in") {
  World world;
  world.to("bob");
  world.spool.clear();
  world.spool.append("Return-Path: <>\nDelivered-To: bob@example.com\nReceived: x\n\nx\n");
  world.spool.finish();
  CHECK(world.deliver(plain)[0].code == 250);
}

TEST_CASE("agent: quota") {
  World world;
  world.settings.quota.storage = 10;
  world.settings.quota_full = GENERATE(QuotaFull::tempfail, QuotaFull::reject);
  const bool reject = world.settings.quota_full == QuotaFull::reject;
  world.envelope.declared_size = 1000;
  Agent agent(world.settings, {});
  CHECK(agent.recipient(world.envelope, world.to("bob")).code == (reject ? 552 : 452));
  CHECK(world.deliver(plain)[0].code == (reject ? 552 : 452));
  world.settings.quota.storage = 1000000;
  CHECK(world.deliver(plain)[0].code == 250);
}

TEST_CASE("agent: a lock is waited for no longer than the delivery has, whatever the setting") {
  World world;
  world.to("bob");
  world.settings.mail = {StoreKind::mbox, "~/mbox", false};
  CHECK(world.deliver(plain)[0].code == 250);
  const auto before = read(world.directory / "bob/mbox");
  write(world.directory / "bob/mbox.lock", "1\n");
  world.settings.lock_timeout = std::chrono::hours(1);
  world.settings.limits.deadline = std::chrono::seconds(3);
  const auto reply = world.deliver(plain)[0];
  CHECK(reply.code == 451);
  CHECK(reply.enhanced == "4.2.0"); // not killed at the deadline
  CHECK(read(world.directory / "bob/mbox") == before);
}

TEST_CASE("agent: an mbox that others replace while it is delivered to") {
  World world;
  world.to("bob");
  world.settings.mail = {StoreKind::mbox, "~/mbox", false};
  REQUIRE(world.deliver(plain)[0].code == 250);
  const auto path = world.directory / "bob/mbox";
  unsigned replacements = GENERATE(1u, 3u, 1000u);
  int asked[2], answered[2];
  REQUIRE(pipe(asked) == 0);
  REQUIRE(pipe(answered) == 0);
  auto reader = base::Child::spawn([&](int) { // expunges all, as often as it is told
    for (char c = 0; ::read(asked[0], &c, 1) == 1;) {
      if (replacements-- > 0) {
        write(path + ".new", "");
        if (chmod((path + ".new").c_str(), 0600) != 0) return 1;
        if (chown((path + ".new").c_str(), user_id(), group_id()) != 0) return 1;
        if (rename((path + ".new").c_str(), path.c_str()) != 0) return 1;
      } else {
        replacements = 0;
      }
      if (::write(answered[1], "x", 1) != 1) return 1;
    }
    return 0;
  });
  const bool again_and_again = replacements == 1000;
  const auto reply = world.deliver([&](const std::string&, const sieve::Input& input) {
    char c = 0;
    if (::write(asked[1], "x", 1) != 1 || ::read(answered[0], &c, 1) != 1) _exit(1);
    return keep(input);
  })[0];
  for (const int fd : {asked[0], asked[1], answered[0], answered[1]}) close(fd);
  reader.kill(SIGKILL);
  reader.finish();
  if (again_and_again && reply.code != 250) { // a sandbox there is
    CHECK(reply.enhanced == "4.2.0");
    CHECK(read(path).empty());
    return;
  }
  CHECK(reply.code == 250);
  const auto box = read(path);
  CHECK(box.find("Subject: hello") != std::string::npos);
  CHECK(box.find("Subject: hello") == box.rfind("Subject: hello"));
}

TEST_CASE("agent: an mbox, and --deliver") {
  World world;
  world.settings.mail = {StoreKind::mbox, "~/mbox", false};
  Agent agent(world.settings, [](const Settings&, const Account&, const sieve::Host&,
                                 const sieve::Input& input) { return keep(input); });
  CHECK(deliver_local(agent, "bob", {}, world.spool).code == 250);
  CHECK(read(world.directory / "bob/mbox").find("From MAILER-DAEMON  ") == 0);
  CHECK(deliver_local(agent, "nobody-here", {}, world.spool).enhanced == "5.1.1");
}

TEST_CASE("agent: a large message goes from the spool's file to every folder") {
  World world;
  world.to("bob");
  world.spool.clear();
  world.spool.append("Subject: large\n\n" + std::string(400 * 1024, 'x') + "\n");
  world.spool.finish();
  REQUIRE(world.spool.fd() >= 0);
  CHECK(world.deliver(plain)[0].code == 250);
  const auto text = read(only(world.directory / "bob/Maildir/new"));
  CHECK(text.substr(text.find("Subject: large")) == world.spool.view());
}
