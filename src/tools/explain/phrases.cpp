// SPDX-License-Identifier: MIT
#include "tools/explain/phrases.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace tools {

namespace {

struct Phrase {
  std::string_view name, text;
};

constexpr Phrase commands[] = {
    {"keep", "put the message into the inbox"},
    {"discard", "throw the message away (unless it is stored too)"},
    {"redirect", "forward the message to {0}"},
    {"require", "use the extensions {0&}"},
    {"if", "if"},
    {"elsif", "otherwise, if"},
    {"else", "otherwise"},
    {"stop", "stop here"},
    {"fileinto", "put the message into the folder {0}"},
    {"setflag", "mark the message {1g} and nothing else"},
    {"addflag", "mark the message {1g}"},
    {"removeflag", "unmark the message {1g}"},
    {"mark", "flag the message"},
    {"unmark", "take the flag off the message"},
    {"reject", "refuse the message with the reason {0}"},
    {"ereject", "refuse the message with the reason {0}"},
    {"include", "do what the script {0} says"},
    {"return", "go back to the script that included this one"},
    {"global", "share the variables {0&} with other scripts"},
    {"import", "share the variables {0&} with other scripts"},
    {"export", "share the variables {0&} with other scripts"},
    {"foreverypart", "for every part of the message"},
    {"break", "leave the loop over the parts"},
    {"extracttext", "store the text of this part in the variable {0}"},
    {"replace", "replace this part, or the message, by {0}"},
    {"enclose", "put the message as an attachment into a new one with the text {0}"},
    {"addheader", "add the field {0} with the value {1}"},
    {"deleteheader", "delete the fields {0}"},
    {"vacation", "answer the sender automatically with {0}"},
    {"notify", "send a notification to {0}"},
    {"notify()", "send a notification"}, // its older form, which names the recipients in a tag
    {"denotify", "send no notification"},
    {"debug_log", "write {0} into the log"},
    {"report", "report the message to {2} as {0}: {1}"},
    {"pipe", "hand the message to the program {0}"},
    {"filter", "let the program {0} rewrite the message"},
    {"execute", "run the program {0}"},
    {"convert", "convert the parts of type {0} to {1}"},
    {"error", "end with the error {0}"},
    {"set", "set the variable {0} to {1}"},
};

constexpr TestPhrase tests[] = {
    {"true", "always", "never"},
    {"false", "never", "always"},
    {"not", "it is not true that"},
    {"allof", "all of these are true"},
    {"anyof", "any of these is true"},
    {"header", "{0f}"},
    {"address", "{part} in {0f}"},
    {"envelope", "{part} in the envelope's {0}"},
    {"exists", "the message has {0f&}", "the message does not have {0f&}"},
    {"size", "the message is", "the message is not"},
    {"body", "the text of the message"},
    {"date", "the {1} of the date in {0f}"},
    {"currentdate", "the {0} of the time of delivery"},
    {"environment", "the item {0} of the mail system"},
    {"ihave", "the mail system knows the extension {0&}", "the mail system does not know the extension {0&}"},
    {"duplicate", "the message was delivered before", "the message was not delivered before"},
    {"spamtest", "the spam score"},
    {"virustest", "the virus score"},
    {"string", "{0}"},
    {"hasflag", "a mark of the message"},
    {"mailboxexists", "the folder {0&} exists", "the folder {0&} does not exist"},
    {"specialuse_exists", "a folder for {1&} exists", "no folder for {1&} exists"},
    {"mailboxidexists", "a folder with the id {0&} exists", "no folder with the id {0&} exists"},
    {"metadata", "the note {1} of the folder {0}"},
    {"metadataexists", "the folder {0} has the note {1&}", "the folder {0} does not have the note {1&}"},
    {"servermetadata", "the note {0} of the server"},
    {"servermetadataexists", "the server has the note {0&}", "the server does not have the note {0&}"},
    {"valid_ext_list", "the list {0&} is known", "the list {0&} is not known"},
    {"valid_notify_method", "notifications can be sent to {0&}", "notifications cannot be sent to {0&}"},
    {"notify_method_capability", "the property {1} of notifications to {0}"},
    {"execute", "the program {0} succeeds", "the program {0} fails"},
    {"filter", "the program {0} rewrites the message", "the program {0} fails to rewrite the message"},
    {"convert", "the parts of type {0} can be converted to {1}",
     "the parts of type {0} cannot be converted to {1}"},
    {"magic", "the type of the content as its octets show it"},
    {"disguised", "the content is of another type than the message says",
     "the content is of the type that the message says"},
};

/// "of:tag" first, then ":tag".
constexpr Phrase tags[] = {
    {":comparator", ""},
    {"size:over", "larger than {}"},
    {"size:under", "smaller than {}"},
    {":copy", "and go on as if that had not been done"},
    {"fileinto:create", "(made if it is not there)"},
    {":create", "(made if it is not there)"},
    {":flags", "and mark it {g}"},
    {":fcc", "and keep a copy of it in the folder {}"},
    {"body:raw", "with its headers of parts"},
    {"body:text", ""},
    {"body:content", "of the type {}"},
    {":zone", "in the time zone {}"},
    {":originalzone", "in the time zone of the sender"},
    {"duplicate:handle", "(counted under {})"},
    {"duplicate:header", "(known by the field {})"},
    {"duplicate:uniqueid", "(known by {})"},
    {"duplicate:value", "(known by {})"},
    {"duplicate:seconds", "within {} seconds"},
    {"duplicate:last", "counted from the last of them"},
    {"addheader:last", "at the end of the header"},
    {":index", "(number {} of them)"},
    {":last", "(counted from the end)"},
    {":mime", "of this part of the message"},
    {":anychild", "or of a part in it"},
    {"magic:mime", "of this part of the message"},
    {"disguised:mime", "(looking at this part of the message)"},
    {"disguised:anychild", "(and at the parts in it)"},
    {"magic:description", "in words"},
    {"magic:extension", "as the ending of a file's name"},
    {"replace:mime", "(with its own header)"},
    {"vacation:mime", "(with its own header)"},
    {":type", "(the media type before the slash)"},
    {":subtype", "(the media type behind the slash)"},
    {":contenttype", "(the media type)"},
    {":param", "(the parameter {})"},
    {":subject", "with the subject {}"},
    {":headers", "and the fields {&} of the old header"},
    {":from", "from {}"},
    {"notify():method", "by {}"},
    {"notify():id", "(called {})"},
    {"notify():low", "of low importance"},
    {"notify():normal", "of normal importance"},
    {"notify():high", "of high importance"},
    {"denotify:low", "of low importance"},
    {"denotify:normal", "of normal importance"},
    {"denotify:high", "of high importance"},
    {":importance", "with the importance {}"},
    {"notify():options", "to {&}"},
    {":options", "with the options {&}"},
    {":message", "with the text {}"},
    {":encodeurl", "written for a URL"},
    {":lower", "in lower case"},
    {":upper", "in upper case"},
    {":lowerfirst", "with a small first letter"},
    {":upperfirst", "with a capital first letter"},
    {":quotewildcard", "with its * and ? made plain"},
    {":quoteregex", "with its special characters made plain"},
    {":length", "(its length)"},
    {"redirect:list", "(all members of that list)"},
    {":first", "(the first {} characters)"},
    {":name", "(called {})"},
    {"include:personal", "of the user"},
    {"include:global", "of the administrator"},
    {":once", "unless that was done before"},
    {":optional", "if it is there"},
    {":mailboxid", "(or the folder with the id {})"},
    {":specialuse", "(or the folder for {})"},
    {"redirect:notify", "and ask for delivery reports ({})"},
    {"redirect:ret", "with {} in such reports"},
    {":bytimerelative", "to be delivered within {} seconds"},
    {":bytimeabsolute", "to be delivered until {}"},
    {":bymode", "(then: {})"},
    {":bytrace", "and traced on its way"},
    {"spamtest:percent", "in percent"},
    {":days", "at most once in {} days"},
    {"vacation:seconds", "at most once in {} seconds"},
    {":addresses", "also for mail to {}"},
    {"vacation:handle", "(counted under {})"},
    {":input", "with {} as its input"},
    {"execute:pipe", "with the message as its input"},
    {":output", "and store what it prints in the variable {}"},
    {"pipe:try", "if that works"},
    {":headers_only", "(the header alone)"},
};

constexpr MatchPhrase matches[] = {
    {"is", "is", "is not"},
    {"contains", "contains", "does not contain"},
    {"matches", "fits the pattern", "does not fit the pattern"},
    {"regex", "fits the regular expression", "does not fit the regular expression"},
    {"list", "is in the list", "is not in the list"},
    {"value", "compares to", "does not compare to"},
    {"count", "counts", "does not count"},
    {"gt", "is greater than", "is not greater than"},
    {"ge", "is at least", "is not at least"},
    {"lt", "is less than", "is not less than"},
    {"le", "is at most", "is not at most"},
    {"eq", "is", "is not"},
    {"ne", "is not", "is"},
};

constexpr Phrase parts[] = {
    {"all", "the address"},
    {"localpart", "what stands before the @ of the address"},
    {"domain", "the domain of the address"},
    {"user", "the user (before the +) of the address"},
    {"detail", "the detail (behind the +) of the address"},
};

template <class Table>
auto find(const Table& table, std::string_view name) {
  const auto found =
      std::find_if(std::begin(table), std::end(table), [&](const auto& entry) { return entry.name == name; });
  return found == std::end(table) ? nullptr : &*found;
}

} // namespace

std::string phrase_name(const Form& form) {
  const bool older = form.name == "notify" && form.positionals.empty();
  return std::string(form.name) + (older ? "()" : "");
}

std::string_view command_phrase(std::string_view name) {
  const auto* found = find(commands, name);
  return found == nullptr ? std::string_view() : found->text;
}

const TestPhrase* test_phrase(std::string_view name) { return find(tests, name); }

const std::string_view* tag_phrase(std::string_view of, std::string_view tag) {
  const std::string any = ':' + std::string(tag);
  const auto* found = find(tags, std::string(of) + any);
  if (found == nullptr) found = find(tags, any);
  return found == nullptr ? nullptr : &found->text;
}

const MatchPhrase* match_phrase(std::string_view name) { return find(matches, name); }

std::string_view part_phrase(std::string_view name) {
  const auto* found = find(parts, name);
  return found == nullptr ? std::string_view() : found->text;
}

} // namespace tools
