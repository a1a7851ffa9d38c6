// SPDX-License-Identifier: MIT
#include "delivery/submit.h"

#include "base/ascii.h"
#include "delivery/errors.h"

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <string_view>

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

bool are_clean(const std::vector<std::string>& texts) {
  return std::all_of(texts.begin(), texts.end(), is_clean);
}

/// Sender, NOTIFY, RET and ENVID, each empty if there is none, and the recipients.
std::vector<std::string> words_for(const Submission& submission) {
  const auto ret = submission.ret == mail::Ret::unspecified ? ""
                   : submission.ret == mail::Ret::full      ? "full"
                                                            : "hdrs";
  std::vector<std::string> words{submission.sender.empty() ? "<>" : submission.sender.str(),
                                 submission.notify ? notify_words(*submission.notify) : "", ret,
                                 is_clean(submission.envid) ? submission.envid : ""};
  for (const auto& recipient : submission.recipients) words.push_back(recipient.str());
  return words;
}

/// Exim has other meanings for the options that carry RFC 3461: to it -N is "deliver nothing". To msmtp they
/// are a demand, and where its server has no DSN the mail could never be sent.
bool takes_dsn_options(const std::string& sendmail) {
  char resolved[PATH_MAX]; // std::filesystem would be 25 KB for this alone
  if (::realpath(sendmail.c_str(), resolved) == nullptr) return true;
  const std::string_view path = resolved;
  const auto program = path.substr(path.rfind('/') + 1);
  return program.rfind("exim", 0) != 0 && program.rfind("msmtp", 0) != 0;
}

} // namespace

std::optional<Run> submission_run(const Job& job, const std::vector<std::string>& words) {
  constexpr std::size_t fixed = 4;
  if (words.size() <= fixed || !are_clean(words)) return std::nullopt;
  Run what;
  what.path = job.settings.sendmail;
  what.arguments = {"-i", "-f", words[0]};
  const auto add = [&](const char* option, const std::string& value) {
    if (!value.empty()) what.arguments.insert(what.arguments.end(), {option, value});
  };
  if (words[0] != "<>" && takes_dsn_options(what.path)) { // a null sender is told nothing anyway
    add("-N", words[1]);
    add("-R", words[2]);
    add("-V", words[3]);
  }
  what.arguments.push_back("--"); // an address may begin with a hyphen
  what.arguments.insert(what.arguments.end(), words.begin() + fixed, words.end());
  what.environment = clean_environment(job.account.user.name, job.account.user.home);
  what.join_errors = true;
  what.timeout = job.settings.limits.program;
  return what;
}

void submit(const Job& job, const Submission& submission, std::span<const std::string_view> pieces) {
  if (submission.recipients.empty()) return;
  const auto words = words_for(submission);
  if (!are_clean(words)) throw Failure(internal_error(), "an address with control characters is not sent to");
  const auto result = job.runner.run(RunnerTask::submit, words, pieces);
  if (result.succeeded()) return;
  const auto reply =
      result.ran ? mail::Reply{451, "4.3.0", "The message could not be sent on"} : misconfigured();
  throw Failure(reply,
                job.settings.sendmail + ": " + result.describe() + ": " + base::printable(result.output));
}

} // namespace delivery
