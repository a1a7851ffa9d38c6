// SPDX-License-Identifier: MIT
#include "delivery/submit.h"

#include "base/ascii.h"
#include "delivery/errors.h"
#include "delivery/run.h"

namespace delivery {

namespace {

std::string notify_words(const mail::Notify& notify) {
  if (notify.never) return "never";
  std::string words;
  const auto add = [&](bool wanted, const char* word) {
    if (wanted) words += (words.empty() ? "" : ",") + std::string(word);
  };
  add(notify.success, "success");
  add(notify.failure, "failure");
  add(notify.delay, "delay");
  return words;
}

bool is_clean(const std::string& text) {
  for (const char c : text)
    if (base::is_control(c)) return false;
  return true;
}

std::vector<std::string> arguments_for(const Submission& submission) {
  std::vector<std::string> arguments{"-i", "-f", submission.sender.empty() ? "<>" : submission.sender.str()};
  if (submission.notify) {
    if (const auto words = notify_words(*submission.notify); !words.empty())
      arguments.insert(arguments.end(), {"-N", words});
  }
  if (submission.ret != mail::Ret::unspecified)
    arguments.insert(arguments.end(), {"-R", submission.ret == mail::Ret::full ? "full" : "hdrs"});
  if (!submission.envid.empty() && is_clean(submission.envid))
    arguments.insert(arguments.end(), {"-V", submission.envid});
  arguments.push_back("--"); // an address may begin with a hyphen
  for (const auto& recipient : submission.recipients) arguments.push_back(recipient.str());
  return arguments;
}

} // namespace

void submit(const Settings& settings, const User& user, const Submission& submission,
            std::span<const std::string_view> pieces) {
  if (submission.recipients.empty()) return;
  Run what;
  what.path = settings.sendmail;
  what.arguments = arguments_for(submission);
  for (const auto& argument : what.arguments)
    if (!is_clean(argument))
      throw Failure(internal_error(), "an address with control characters is not sent to");
  what.environment = clean_environment(user.name, user.home);
  what.input = pieces;
  what.join_errors = true;
  what.timeout = settings.limits.program;
  const auto result = run(what);
  if (result.succeeded()) return;
  const auto reply =
      result.ran ? mail::Reply{451, "4.3.0", "The message could not be sent on"} : misconfigured();
  throw Failure(reply, settings.sendmail + ": " + result.describe() + ": " + base::printable(result.output));
}

} // namespace delivery
