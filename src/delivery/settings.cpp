// SPDX-License-Identifier: MIT
#include "delivery/settings.h"

#include "base/ascii.h"
#include "delivery/folder_name.h"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string_view>

namespace delivery {

namespace {

[[noreturn]] void refuse(const std::string& sentence) { throw std::invalid_argument(sentence); }

std::string quoted(std::string_view text) { return "'" + base::printable(text) + "'"; }

/// "kind:rest"; without a colon the rest is empty.
std::pair<std::string, std::string> cut_kind(const std::string& text) {
  const auto colon = text.find(':');
  if (colon == std::string::npos) return {base::lower(base::trim(text)), ""};
  return {base::lower(base::trim(text.substr(0, colon))), std::string(base::trim(text.substr(colon + 1)))};
}

std::string need_path(const std::string& path, const std::string& kind) {
  if (path.empty()) refuse(kind + ": needs a path, as in " + kind + ":/a/path");
  if (path.find('\0') != std::string::npos) refuse("a path cannot hold a NUL");
  return path;
}

bool cut_suffix(std::string& text, std::string_view suffix) {
  if (text.size() < suffix.size()) return false;
  const auto tail = std::string_view(text).substr(text.size() - suffix.size());
  if (!base::equal_ignoring_case(tail, suffix)) return false;
  text.resize(text.size() - suffix.size());
  return true;
}

std::uint64_t multiply(std::uint64_t number, std::uint64_t factor, const std::string& text) {
  if (factor != 0 && number > std::numeric_limits<std::uint64_t>::max() / factor)
    refuse(quoted(text) + " is too large");
  return number * factor;
}

template <typename Value>
Value choose(const std::string& text, const std::vector<std::pair<std::string_view, Value>>& choices,
             std::string_view names) {
  for (const auto& [name, value] : choices)
    if (base::equal_ignoring_case(base::trim(text), name)) return value;
  refuse(quoted(text) + " is none of " + std::string(names));
}

} // namespace

MailLocation parse_mail_location(const std::string& text) {
  auto [kind, path] = cut_kind(text);
  MailLocation location;
  if (kind == "mbox")
    location.kind = StoreKind::mbox;
  else if (kind != "maildir")
    refuse(quoted(text) + " is neither maildir:PATH nor mbox:PATH");
  location.utf8_names = cut_suffix(path, ":utf-8");
  location.path = need_path(path, kind);
  if (location.path[0] != '/' && location.path[0] != '~' && location.path[0] != '{')
    refuse("the path in " + quoted(text) + " must begin with /, ~ or {home}");
  return location;
}

UsersSpec parse_users(const std::string& text) {
  const auto [kind, argument] = cut_kind(text);
  if (kind == "system" && argument.empty()) return {UsersKind::system, ""};
  if (kind == "self" && argument.empty()) return {UsersKind::self, ""};
  if (kind == "passwd") return {UsersKind::passwd, need_path(argument, kind)};
  if (kind == "cdb") return {UsersKind::cdb, need_path(argument, kind)};
  if (kind == "dir") {
    if (argument.find("{user}") == std::string::npos && argument.find("{local}") == std::string::npos)
      refuse("the template of dir: names no user: it needs {user} or {local}");
    return {UsersKind::directory, need_path(argument, kind)};
  }
  refuse(quoted(text) + " is none of system, self, passwd:FILE, cdb:FILE, dir:TEMPLATE");
}

std::uint64_t parse_size(const std::string& text) {
  std::string digits(base::trim(text));
  if (digits.size() > 1 && base::to_lower(digits.back()) == 'b' && !base::is_digit(digits[digits.size() - 2]))
    digits.pop_back();
  std::uint64_t factor = 1;
  static constexpr std::string_view units = "kmgt";
  if (!digits.empty()) {
    const auto unit = units.find(base::to_lower(digits.back()));
    if (unit != std::string_view::npos) {
      factor = 1ull << (10 * (unit + 1));
      digits.pop_back();
    }
  }
  const auto number = base::parse_number(digits);
  if (!number)
    refuse(quoted(text) + " is no size: write a number, with K, M, G or T after it for larger units");
  return multiply(*number, factor, text);
}

std::chrono::seconds parse_duration(const std::string& text) {
  std::string digits(base::trim(text));
  std::uint64_t factor = 1;
  if (!digits.empty() && base::is_alpha(digits.back())) {
    switch (base::to_lower(digits.back())) {
    case 's': factor = 1; break;
    case 'm': factor = 60; break;
    case 'h': factor = 3600; break;
    case 'd': factor = 86400; break;
    default: factor = 0;
    }
    digits.pop_back();
  }
  const auto number = base::parse_number(base::trim(digits));
  if (!number || factor == 0)
    refuse(quoted(text) + " is no duration: write a number of seconds, or one with s, m, h or d after it");
  const auto seconds = multiply(*number, factor, text);
  if (seconds > 100ull * 365 * 86400) refuse(quoted(text) + " is too large");
  return std::chrono::seconds(static_cast<std::int64_t>(seconds));
}

Quota parse_quota(const std::string& text) {
  Quota quota;
  if (base::equal_ignoring_case(base::trim(text), "none")) return quota;
  for (const auto& piece : base::split(text, ',')) {
    std::string item(base::trim(piece));
    const bool messages = cut_suffix(item, "messages") || cut_suffix(item, "message");
    auto& limit = messages ? quota.messages : quota.storage;
    if (limit != 0) refuse(quoted(text) + " limits the same thing twice");
    limit = parse_size(item);
    if (limit == 0)
      refuse("a limit of 0 in " + quoted(text) + " would refuse all mail; write none for no limit");
  }
  return quota;
}

std::vector<unsigned> parse_quota_warnings(const std::string& text) {
  std::vector<unsigned> thresholds;
  if (base::equal_ignoring_case(base::trim(text), "none")) return thresholds;
  for (const auto& piece : base::split(text, ',')) {
    std::string item(base::trim(piece));
    cut_suffix(item, "%");
    const auto percent = base::parse_number(base::trim(item));
    if (!percent || *percent < 1 || *percent > 100)
      refuse(quoted(text) + " is neither none nor a list of percentages from 1% to 100%");
    thresholds.push_back(static_cast<unsigned>(*percent));
  }
  return thresholds;
}

QuotaFull parse_quota_full(const std::string& text) {
  return choose<QuotaFull>(text, {{"tempfail", QuotaFull::tempfail}, {"reject", QuotaFull::reject}},
                           "tempfail, reject");
}

UserCase parse_user_case(const std::string& text) {
  return choose<UserCase>(text, {{"lower", UserCase::lower}, {"exact", UserCase::exact}}, "lower, exact");
}

DetailFolder parse_detail_folder(const std::string& text) {
  return choose<DetailFolder>(text,
                              {{"never", DetailFolder::never},
                               {"no", DetailFolder::never},
                               {"if-exists", DetailFolder::if_exists},
                               {"create", DetailFolder::create}},
                              "never, if-exists, create");
}

DeliveredTo parse_delivered_to(const std::string& text) {
  return choose<DeliveredTo>(text,
                             {{"final", DeliveredTo::final},
                              {"yes", DeliveredTo::final},
                              {"original", DeliveredTo::original},
                              {"none", DeliveredTo::none},
                              {"no", DeliveredTo::none}},
                             "final, original, none");
}

OriginalTo parse_original_to(const std::string& text) {
  return choose<OriginalTo>(text,
                            {{"if known", OriginalTo::if_known},
                             {"if-known", OriginalTo::if_known},
                             {"yes", OriginalTo::if_known},
                             {"none", OriginalTo::none},
                             {"no", OriginalTo::none}},
                            "if-known, none");
}

RedirectSender parse_redirect_sender(const std::string& text) {
  using Kind = RedirectSender::Kind;
  const auto word = base::lower(base::trim(text));
  if (word == "sender") return {Kind::sender, {}};
  if (word == "recipient") return {Kind::recipient, {}};
  if (word == "postmaster") return {Kind::postmaster, {}};
  const auto address = mail::parse_mailbox(base::trim(text));
  if (!address || address->domain.empty())
    refuse(quoted(text) + " is none of sender, recipient, postmaster, and no address");
  return {Kind::address, *address};
}

std::vector<SpecialUse> parse_special_use(const std::string& text) {
  std::vector<SpecialUse> uses;
  for (const auto piece : base::split(text, ',')) {
    const auto item = base::trim(piece);
    if (item.empty()) continue;
    const auto equals = item.find('=');
    if (equals == std::string_view::npos || equals < 2 || item[0] != '\\')
      refuse(quoted(item) + " is no \\Attribute=Folder");
    SpecialUse use{std::string(base::trim(item.substr(0, equals))),
                   std::string(base::trim(item.substr(equals + 1)))};
    if (!use.folder.empty() && !FolderName::parse(use.folder))
      refuse(quoted(use.folder) + " can be no folder");
    uses.push_back(std::move(use));
  }
  return uses;
}

std::vector<ListFile> parse_lists(const std::string& text) {
  std::vector<ListFile> lists;
  for (const auto item : base::words(text)) {
    const auto equals = item.rfind('='); // a URI may have one
    if (equals == std::string_view::npos || equals == 0) refuse(quoted(item) + " is no NAME=PATH");
    ListFile list{std::string(item.substr(0, equals)), std::string(item.substr(equals + 1))};
    if (list.path.empty() || (list.path[0] != '/' && list.path[0] != '~' && list.path[0] != '{'))
      refuse("the path in " + quoted(item) + " must begin with /, ~ or {home}");
    const bool pattern = list.name.back() == '*';
    if (pattern != (list.path.find("{list}") != std::string::npos))
      refuse(quoted(item) + ": a name that ends with * and {list} in the path belong together");
    lists.push_back(std::move(list));
  }
  return lists;
}

std::vector<base::LockMethod> parse_mbox_locks(const std::string& text) {
  std::vector<base::LockMethod> methods;
  for (const auto& piece : base::split(text, ',')) {
    const auto method = choose<base::LockMethod>(std::string(piece),
                                                 {{"fcntl", base::LockMethod::fcntl},
                                                  {"dotlock", base::LockMethod::dotlock},
                                                  {"flock", base::LockMethod::flock}},
                                                 "fcntl, dotlock, flock");
    if (std::find(methods.begin(), methods.end(), method) != methods.end())
      refuse(quoted(text) + " names a lock twice");
    methods.push_back(method);
  }
  return methods;
}

} // namespace delivery
