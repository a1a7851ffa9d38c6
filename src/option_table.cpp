// SPDX-License-Identifier: MIT
#include "option_table.h"

#include "base/ascii.h"

#include <optional>
#include <stdexcept>
#include <unistd.h>
#include <vector>

namespace {

using namespace delivery;

bool yes_no(const std::string& text) {
  if (text == "yes" || text == "true" || text == "on") return true;
  if (text == "no" || text == "false" || text == "off") return false;
  throw std::invalid_argument("expected yes or no");
}

/// A number from 1 to `most`.
std::size_t count(const std::string& text, std::size_t most) {
  const auto number = base::parse_number(text);
  if (!number || *number < 1 || *number > most)
    throw std::invalid_argument("expected a number from 1 to " + std::to_string(most));
  return static_cast<std::size_t>(*number);
}

std::vector<std::string> list(const std::string& text) {
  std::vector<std::string> items;
  for (const auto piece : base::split(text, ','))
    if (const auto item = base::trim(piece); !item.empty()) items.emplace_back(item);
  return items;
}

/// A directory or file; ~ and the variables are filled in for each user later.
std::string path(const std::string& text) {
  if (!text.empty() && text[0] != '/' && text[0] != '~' && text[0] != '{' && text[0] != '.')
    throw std::invalid_argument("expected a path that begins with / or ~");
  return text;
}

std::vector<std::string> paths(const std::string& text) {
  std::vector<std::string> items = list(text);
  for (const auto& item : items) path(item);
  return items;
}

std::string absolute_path(const std::string& text) {
  if (!text.empty() && text[0] != '/') throw std::invalid_argument("expected a path that begins with /");
  return text;
}

std::chrono::seconds waiting_time(const std::string& text) {
  const auto time = parse_duration(text);
  if (time.count() < 1) throw std::invalid_argument("expected a time of at least one second");
  return time;
}

std::string host_name(const std::string& text) {
  for (const char c : text)
    if (!base::is_alnum(c) && c != '-' && c != '.' && c != '_' && static_cast<unsigned char>(c) < 0x80)
      throw std::invalid_argument("expected a host name");
  if (text.empty()) throw std::invalid_argument("expected a host name");
  return text;
}

/// gethostname(2); no resolver is asked, because every connection would wait for it.
std::string own_host_name() {
  char name[256] = {};
  if (gethostname(name, sizeof name - 1) != 0 || name[0] == 0) return "localhost";
  return name;
}

base::LogTarget log_target(const std::string& text) {
  if (text == "syslog") return base::LogTarget::syslog;
  if (text == "stderr") return base::LogTarget::standard_error;
  if (text == "none") return base::LogTarget::none;
  throw std::invalid_argument("expected syslog, stderr or none");
}

base::LogFormat log_format(const std::string& text) {
  if (text == "text") return base::LogFormat::text;
  if (text == "json") return base::LogFormat::json;
  throw std::invalid_argument("expected text or json");
}

std::string postmaster(const std::string& text) {
  if (!text.empty() && !mail::parse_mailbox(text)) throw std::invalid_argument("expected an address");
  return text;
}

std::optional<MailLocation> folders(const std::string& text) {
  if (text == "auto") return std::nullopt;
  return parse_mail_location(text);
}

using Text = const std::string&;

const Setting table[] = {
    {"hostname", nullptr, [](Options& o, Text t) { o.delivery.hostname = host_name(t); }},
    {"users", nullptr, [](Options& o, Text t) { o.delivery.users = parse_users(t); }},
    {"mail", "maildir:~/Maildir", [](Options& o, Text t) { o.delivery.mail = parse_mail_location(t); }},
    {"folders", "auto", [](Options& o, Text t) { o.delivery.folders = folders(t); }},

    {"script", "~/.sieve, ~/.dovecot.sieve", [](Options& o, Text t) { o.delivery.scripts = paths(t); }},
    {"script-default", "", [](Options& o, Text t) { o.delivery.script_default = path(t); }},
    {"script-before", "", [](Options& o, Text t) { o.delivery.scripts_before = paths(t); }},
    {"script-after", "", [](Options& o, Text t) { o.delivery.scripts_after = paths(t); }},
    {"include-personal", "~/sieve", [](Options& o, Text t) { o.delivery.include_personal = path(t); }},
    {"include-global", "/etc/lastmile/sieve",
     [](Options& o, Text t) { o.delivery.include_global = path(t); }},

    {"special-use", "", [](Options& o, Text t) { o.delivery.special_use = parse_special_use(t); }},
    {"lists", ":addrbook:*=~/lists/{list}", [](Options& o, Text t) { o.delivery.lists = parse_lists(t); }},
    {"metadata", "~/.lastmile/metadata", [](Options& o, Text t) { o.delivery.metadata = path(t); }},
    {"server-metadata", "/etc/lastmile/metadata",
     [](Options& o, Text t) { o.delivery.server_metadata = absolute_path(t); }},

    {"recipient-delimiter", "+", [](Options& o, Text t) { o.delivery.recipient_delimiter = t; }},
    {"detail-folder", "never", [](Options& o, Text t) { o.delivery.detail_folder = parse_detail_folder(t); }},
    {"user-case", "lower", [](Options& o, Text t) { o.delivery.user_case = parse_user_case(t); }},

    {"quota", "none", [](Options& o, Text t) { o.delivery.quota = parse_quota(t); }},
    {"quota-warning", "none",
     [](Options& o, Text t) { o.delivery.quota_warnings = parse_quota_warnings(t); }},
    {"quota-warning-text",
     "Your mailbox is {percent}% full. When it is full, new mail is not accepted any more.",
     [](Options& o, Text t) { o.delivery.quota_warning_text = t; }},
    {"quota-full", "tempfail", [](Options& o, Text t) { o.delivery.quota_full = parse_quota_full(t); }},
    {"size-limit", "50M", [](Options& o, Text t) { o.size_limit = parse_size(t); }},
    {"max-recipients", "1000", [](Options& o, Text t) { o.max_recipients = count(t, 1000000); }},
    {"jobs", "4", [](Options& o, Text t) { o.delivery.jobs = static_cast<unsigned>(count(t, 1000)); }},

    {"mbox-locks", "fcntl,dotlock", [](Options& o, Text t) { o.delivery.mbox_locks = parse_mbox_locks(t); }},
    {"lock-timeout", "60s", [](Options& o, Text t) { o.delivery.lock_timeout = waiting_time(t); }},
    {"mail-group", "", [](Options& o, Text t) { o.delivery.mail_group = t; }},
    {"fsync", "yes", [](Options& o, Text t) { o.delivery.fsync = yes_no(t); }},
    {"timeout", "300s", [](Options& o, Text t) { o.timeout = waiting_time(t); }},

    {"sendmail", "/usr/sbin/sendmail", [](Options& o, Text t) { o.delivery.sendmail = absolute_path(t); }},
    {"redirect-sender", "sender",
     [](Options& o, Text t) { o.delivery.redirect_sender = parse_redirect_sender(t); }},
    {"postmaster", "", [](Options& o, Text t) { o.delivery.postmaster = postmaster(t); }},
    {"programs", "", [](Options& o, Text t) { o.delivery.programs = absolute_path(t); }},

    {"delivered-to", "final", [](Options& o, Text t) { o.delivery.delivered_to = parse_delivered_to(t); }},
    {"original-to", "if known", [](Options& o, Text t) { o.delivery.original_to = parse_original_to(t); }},
    {"return-path", "yes", [](Options& o, Text t) { o.delivery.return_path = yes_no(t); }},
    {"received", "yes", [](Options& o, Text t) { o.delivery.received = yes_no(t); }},

    {"trust-client", "no", [](Options& o, Text t) { o.trust_client = yes_no(t); }},
    {"log", "syslog", [](Options& o, Text t) { o.log = log_target(t); }},
    {"log-format", "text", [](Options& o, Text t) { o.log_format = log_format(t); }},
    {"sandbox", "yes", [](Options& o, Text t) { o.delivery.sandbox = yes_no(t); }},
};

} // namespace

std::span<const Setting> settings() { return table; }

std::string default_text(const Setting& setting) {
  if (setting.fallback) return setting.fallback;
  return std::string_view(setting.name) == "hostname" ? own_host_name() : geteuid() == 0 ? "system" : "self";
}

const Setting* find_setting(std::string_view name) {
  for (const Setting& setting : table)
    if (name == setting.name) return &setting;
  return nullptr;
}
