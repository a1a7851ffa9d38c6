// SPDX-License-Identifier: MIT
// Everything that delivery can be told, typed, with the defaults of lastmile.conf(5); and the judges of the
// values that have a structure. Who reads the configuration fills this in; nothing here is read from anywhere
// else.
#pragma once

#include "base/lock.h"
#include "mail/address.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace delivery {

enum class StoreKind { maildir, mbox };

/// `mail`, `folders`: a kind and a path template with ~, {user}, {local}, {domain}, {detail}, {home}.
struct MailLocation {
  StoreKind kind = StoreKind::maildir;
  std::string path;
  bool utf8_names =
      false; // folder names lie on disk as UTF-8, not as modified UTF-7 (RFC 3501 section 5.1.3)
};

enum class UsersKind {
  automatic,
  system,
  self,
  passwd,
  cdb,
  directory
}; // automatic: system for root, else self

struct UsersSpec {
  UsersKind kind = UsersKind::automatic;
  std::string argument; // the file, or the template of dir:
};

/// Zero: no limit. Storage in octets as on disk.
struct Quota {
  std::uint64_t storage = 0;
  std::uint64_t messages = 0;
  bool limited() const { return storage != 0 || messages != 0; }
};

enum class QuotaFull { tempfail, reject }; // 452 4.2.2, 552 5.2.2
enum class UserCase { lower, exact };
enum class DetailFolder { never, if_exists, create };
enum class DeliveredTo { none, final, original }; // which address the field names
enum class OriginalTo { none, if_known };

/// Whom a redirected message is from, for those who bounce it.
struct RedirectSender {
  enum class Kind { sender, recipient, postmaster, address } kind = Kind::sender;
  mail::Address address; // of Kind::address
};

/// `special-use`: an attribute of RFC 6154 and a folder that carries it; folder empty: none does.
struct SpecialUse {
  std::string attribute; // "\\Junk"
  std::string folder;    // UTF-8
};

/// `lists`: an external list (RFC 6134) and its file, a path template. A name that ends with '*' stands for
/// all that begin so; what they have in its place is {list} in the path.
struct ListFile {
  std::string name, path;
};

/// What one child may use. Reaching a limit ends that recipient's delivery, never another's.
struct ChildLimits {
  std::chrono::seconds deadline{240}; // two runs of it stay below the 600 s after which clients give up
  unsigned cpu_seconds = 60;
  std::uint64_t memory = 1024ull << 20; // of address space, the message's own size times eight on top
  std::uint64_t file_size = 0;          // 0: what the system allows
  std::chrono::seconds program{30};     // one run of sendmail or of an external program
};

struct Settings {
  std::string hostname; // filled in with the host's own name by whoever makes the settings
  UsersSpec users;
  MailLocation mail{StoreKind::maildir, "~/Maildir", false};
  std::optional<MailLocation>
      folders; // none: Maildir++ beside a Maildir INBOX, mbox files in ~/mail beside an mbox

  std::vector<std::string> scripts{"~/.sieve", "~/.dovecot.sieve"}; // the first that exists
  std::string script_default;                                       // when none of those exists; or empty
  std::vector<std::string> scripts_before, scripts_after;           // files, or directories of *.sieve
  std::string include_personal = "~/sieve";
  std::string include_global = "/etc/lastmile/sieve";

  std::vector<SpecialUse> special_use; // attributes that it does not name are carried by custom
  std::vector<ListFile> lists{{":addrbook:*", "~/lists/{list}"}};
  std::string metadata = "~/.lastmile/metadata";          // annotations of the user's own
  std::string server_metadata = "/etc/lastmile/metadata"; // and the administrator's

  std::string recipient_delimiter = "+"; // any of these characters; empty: addresses have no detail
  DetailFolder detail_folder = DetailFolder::never;
  UserCase user_case = UserCase::lower;

  Quota quota;
  QuotaFull quota_full = QuotaFull::tempfail;
  std::vector<unsigned> quota_warnings; // percent of the quota; empty: none
  std::string quota_warning_text;       // {percent} is replaced

  unsigned jobs = 4;
  std::vector<base::LockMethod> mbox_locks{base::LockMethod::fcntl, base::LockMethod::dotlock};
  std::chrono::seconds lock_timeout{60};
  std::string mail_group; // empty: none
  bool fsync = true;

  std::string sendmail = "/usr/sbin/sendmail";
  RedirectSender redirect_sender;
  std::string postmaster; // empty: postmaster@hostname
  std::string programs;   // directory; empty: pipe, filter and execute are absent

  DeliveredTo delivered_to = DeliveredTo::final;
  OriginalTo original_to = OriginalTo::if_known;
  bool return_path = true;
  bool received = true;

  bool reject_by_mail = false; // nobody reads a reply's text (--deliver): a script's refusal is a mail
  bool sandbox = true;
  ChildLimits limits;
  std::map<std::string, std::string> sieve; // every other key, for Host::setting()

  /// However long lock_timeout is: a delivery that waits for the locks of both its stores in vain still has
  /// the time to undo what it staged, and to say so.
  std::chrono::milliseconds longest_lock_timeout() const {
    return std::chrono::milliseconds(limits.deadline) / 3;
  }
  std::string postmaster_address() const {
    return postmaster.empty() ? "postmaster@" + hostname : postmaster;
  }
};

// Each takes the text of one value and throws std::invalid_argument with a plain sentence (no final dot).

/// "maildir:~/Maildir", "mbox:/var/mail/{user}"; ":utf-8" at the end for UTF-8 folder names.
MailLocation parse_mail_location(const std::string& text);
/// "system", "self", "passwd:FILE", "cdb:FILE", "dir:TEMPLATE"
UsersSpec parse_users(const std::string& text);
/// "1G,100000messages", "500M", "none"; K, M, G, T count in 1024.
Quota parse_quota(const std::string& text);
/// "80%,95%", "none": each from 1 to 100.
std::vector<unsigned> parse_quota_warnings(const std::string& text);
QuotaFull parse_quota_full(const std::string& text);
UserCase parse_user_case(const std::string& text);
DetailFolder parse_detail_folder(const std::string& text);
DeliveredTo parse_delivered_to(const std::string& text); // "final", "original", "none" (or "no")
OriginalTo parse_original_to(const std::string& text);   // "if known" (or "yes"), "none" (or "no")
/// "sender", "recipient", "postmaster", an address
RedirectSender parse_redirect_sender(const std::string& text);
/// "\Junk=Spam, \Sent=Sent Messages, \Archive="
std::vector<SpecialUse> parse_special_use(const std::string& text);
/// ":addrbook:*=~/lists/{list} tag:example.org,2026:staff=/etc/lastmile/staff": divided by blanks, since tags
/// have commas.
std::vector<ListFile> parse_lists(const std::string& text);
/// "fcntl,dotlock": at least one, none twice.
std::vector<base::LockMethod> parse_mbox_locks(const std::string& text);
/// Octets: "50M", "1048576".
std::uint64_t parse_size(const std::string& text);
/// "60", "60s", "5m", "1h"
std::chrono::seconds parse_duration(const std::string& text);

} // namespace delivery
