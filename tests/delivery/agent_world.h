// SPDX-License-Identifier: MIT
// Whole deliveries to two users, under scripts that are functions of a test.
#pragma once

#include "delivery/agent.h"
#include "fixture.h"
#include "support/catch.h"

#include <functional>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace fixture {

using namespace delivery;

inline sieve::Snapshot snapshot(const sieve::Input& input) {
  return std::make_shared<const mail::EditedMessage>(input.octets);
}

inline sieve::Outcome keep(const sieve::Input& input) {
  sieve::Outcome outcome;
  outcome.keep.message = snapshot(input);
  return outcome;
}

template <typename Kind>
void act(sieve::Outcome& outcome, Kind kind) {
  sieve::Action action;
  action.what = std::move(kind);
  action.script = "test";
  action.position = {7, 1};
  outcome.actions.push_back(std::move(action));
  outcome.implicit_keep = false;
}

inline sieve::FileInto into(const sieve::Input& input, const std::string& mailbox, bool create) {
  sieve::FileInto fileinto;
  fileinto.message = snapshot(input);
  fileinto.mailbox = mailbox;
  fileinto.create = create;
  return fileinto;
}

/// What a test's script does, for each user.
using Script = std::function<sieve::Outcome(const std::string& user, const sieve::Input&)>;

struct World {
  Directory directory;
  Settings settings;
  mail::Envelope envelope;
  base::Spool spool;
  bool client_is_gone = false; // before it was given its replies

  World() {
    settings.hostname = "mx.example";
    settings.users = {UsersKind::passwd, directory / "users"};
    settings.limits.deadline = std::chrono::seconds(10);
    settings.limits.cpu_seconds = 1;
    settings.sendmail = directory / "sendmail";
    std::string users;
    for (const auto* name : {"bob", "eve"}) {
      const auto home = directory / name;
      mkdir(home.c_str(), 0700);
      REQUIRE(chown(home.c_str(), user_id(), group_id()) == 0);
      users += std::string(name) + "::" + std::to_string(user_id()) + ":" + std::to_string(group_id()) +
               "::" + home + ":\n";
    }
    write(directory / "users", users);
    envelope.reverse_path = {"alice", "example.org"};
    spool.append(message);
    spool.finish();
  }

  mail::Recipient& to(const std::string& local) {
    mail::Recipient recipient;
    recipient.address = {local, "example.com"};
    envelope.recipients.push_back(recipient);
    return envelope.recipients.back();
  }

  std::vector<mail::Reply> deliver(const Script& script) {
    Agent agent(settings, [&](const Settings&, const Account&, const sieve::Host&,
                              const sieve::Input& input) { return script(input.envelope.user, input); });
    std::vector<mail::Reply> replies;
    agent.deliver(envelope, spool, [&](const mail::Reply& reply) {
      replies.push_back(reply);
      return !client_is_gone;
    });
    return replies;
  }

  std::vector<std::string> inbox(const std::string& user) const {
    return names(directory / (user + "/Maildir/new"));
  }

  /// A sendmail that notes its arguments and its input, and ends as told.
  void sendmail(int status) {
    write(settings.sendmail, "#!/bin/sh\necho \"$*\" >>" + (directory / "bob/sent") + "\ncat >>" +
                                 (directory / "bob/sent") + "\nexit " + std::to_string(status) + "\n");
    chmod(settings.sendmail.c_str(), 0755);
  }
};

inline sieve::Outcome plain(const std::string&, const sieve::Input& input) { return keep(input); }

} // namespace fixture
