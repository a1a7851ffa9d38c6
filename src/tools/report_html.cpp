// SPDX-License-Identifier: MIT
// `run --html`: a page that needs nothing but itself. Script on the left, on the right the message and what
// the lines that ran saw in it. Every text of the message and of the script passes escaped().
#include "base/ascii.h"
#include "base/utf8.h"
#include "config.h"
#include "tools/describe.h"
#include "tools/report.h"
#include "tools/report_style.h"

#include <algorithm>
#include <set>

namespace tools {

namespace {

constexpr std::size_t body_shown = 2000; // octets

/// For text and attribute values alike; control characters that no page may hold are shown as \xNN.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : base::to_valid_utf8(text)) {
    switch (c) {
    case '&': result += "&amp;"; break;
    case '<': result += "&lt;"; break;
    case '>': result += "&gt;"; break;
    case '"': result += "&quot;"; break;
    case '\r': break;
    case '\t':
    case '\n': result += c; break;
    default: result += base::is_control(c) ? base::printable({&c, 1}) : std::string(1, c);
    }
  }
  return result;
}

std::string element(std::string_view tag, std::string_view style, const std::string& content) {
  return '<' + std::string(tag) + " class=\"" + std::string(style) + "\">" + content + "</" +
         std::string(tag) + '>';
}

/// One script as it stood in this run.
class Listing {
public:
  Listing(const MessageRun& run, std::size_t script, const std::string& prefix)
      : run_(run), script_(script), prefix_(prefix) {}

  std::string html() const {
    const auto& source = run_.recording.scripts()[script_];
    std::string rows;
    unsigned number = 0;
    std::string_view rest = source.text;
    if (!rest.empty() && rest.back() == '\n') rest.remove_suffix(1);
    for (const auto line : base::split(rest, '\n')) rows += row(++number, line);
    return "<h3>" + escaped(source.name) + "</h3>\n<table class=\"code\">\n" + rows + "</table>\n";
  }

private:
  bool decides(unsigned line) const {
    const auto& name = run_.recording.scripts()[script_].name;
    return std::any_of(run_.outcome.actions.begin(), run_.outcome.actions.end(), [&](const auto& action) {
      return action.script == name && action.position.line == line;
    });
  }

  /// What stands behind a line that ran: whether its branch was taken.
  std::string badge(unsigned line) const {
    std::string text;
    for (const auto& step : run_.recording.steps()) {
      if (step.script != script_ || step.line != line || step.kind != Step::Kind::branch) continue;
      text = step.truth ? element("span", "yes", step.name.empty() ? "true" : "taken")
                        : element("span", "no", "false");
    }
    return text;
  }

  std::string row(unsigned line, std::string_view source) const {
    const auto& steps = run_.recording.steps();
    const bool ran = std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
      return step.script == script_ && step.line == line;
    });
    const bool decisive = decides(line);
    const std::string number = std::to_string(line);
    const std::string link = ran ? "<a href=\"#" + prefix_ + number + "\">" + number + "</a>" : number;
    return "<tr class=\"" +
           std::string(decisive ? "decides"
                       : ran    ? "ran"
                                : "idle") +
           "\"><td>" + link + "</td><td>" + escaped(source) + badge(line) +
           (decisive ? element("span", "mark", "decided") : std::string()) + "</td></tr>\n";
  }

  const MessageRun& run_;
  const std::size_t script_;
  const std::string prefix_;
};

std::string quote(std::string_view text) { return element("q", "v", escaped(text)); }

std::string step_html(const Step& step) {
  const auto line = [&](std::string_view style, const std::string& text) {
    return "<li class=\"" + std::string(style) + "\" style=\"margin-left:" + std::to_string(step.depth) +
           "em\">" + text + "</li>\n";
  };
  switch (step.kind) {
  case Step::Kind::command: return {};
  case Step::Kind::test: return line("test", escaped(step.name));
  case Step::Kind::value:
    return line("value", "value " + (step.name.empty() ? "" : escaped(step.name) + ": ") + quote(step.text));
  case Step::Kind::key: return line("key", "key " + quote(step.text));
  case Step::Kind::hit: return line("hit", "match: " + quote(step.text) + " by " + quote(step.name));
  case Step::Kind::capture: return line("set", "${" + step.name + "} = " + quote(step.text));
  case Step::Kind::variable: return line("set", escaped(step.name) + " = " + quote(step.text));
  case Step::Kind::flags:
    return line("set", "flags in force: " + escaped(step.text.empty() ? "none" : step.text));
  case Step::Kind::action: return line("action", escaped(step.text));
  case Step::Kind::result:
    return line("result",
                escaped(step.name) + " is " + element("span", step.truth ? "yes" : "no", step.text));
  case Step::Kind::branch: return line("branch", "branch " + step.text);
  }
  return {};
}

std::string anchor_prefix(const MessageRun& run, std::size_t script) {
  return escaped(run.anchor) + "s" + std::to_string(script) + "l";
}

std::string_view line_of(std::string_view source, unsigned number) {
  const auto lines = base::split(source, '\n');
  return number == 0 || number > lines.size() ? std::string_view() : base::trim(lines[number - 1]);
}

/// The steps under the line that took them, in the order in which they ran.
std::string steps_html(const MessageRun& run) {
  std::string text;
  std::set<std::string> named; // an id may stand once in a page
  const Step* before = nullptr;
  for (const auto& step : run.recording.steps()) {
    if (before == nullptr || step.line != before->line || step.script != before->script) {
      const std::string anchor = anchor_prefix(run, step.script) + std::to_string(step.line);
      const auto& script = run.recording.scripts()[step.script];
      text += before == nullptr ? "" : "</ul>\n";
      text += "<h4" + (named.insert(anchor).second ? " id=\"" + anchor + '"' : std::string()) + '>' +
              (script.name == run.personal ? "" : escaped(script.name) + ' ') + "line " +
              std::to_string(step.line) + " <code>" + escaped(line_of(script.text, step.line)) +
              "</code></h4>\n<ul>\n";
    }
    text += step_html(step);
    before = &step;
  }
  return before == nullptr ? "<p>No line ran.</p>\n" : text + "</ul>\n";
}

std::string outcome_html(const MessageRun& run) {
  std::string items;
  for (const auto& line : run.outcome.log)
    items += "<li class=\"log\"><pre>" + escaped(shown(run, line)) + "</pre></li>\n";
  for (const auto& action : run.outcome.actions) {
    const auto why = objection_to(run, action);
    items += "<li><b>" + escaped(describe(action)) + "</b> by " + escaped(place_of(run, action)) +
             (why.empty() ? "" : element("div", "no", escaped(why))) + "</li>\n";
  }
  if (is_kept(run.outcome))
    items += "<li><b>implicit " + escaped(describe_keep(run.outcome.keep.flags)) +
             "</b>: no line that ran filed, sent or refused the message instead</li>\n";
  const auto reply = reply_of(run);
  items += "<li>The client gets <code>" + escaped(reply.wire(true)) + "</code></li>\n";
  return "<ul class=\"outcome\">\n" + items + "</ul>\n";
}

/// A field, marked when a test saw its value.
std::string field_html(const MessageRun& run, const mail::Field& field) {
  const std::string value(mail::decode_header(field.value));
  const auto& steps = run.recording.steps();
  const bool seen = std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
    if (step.kind != Step::Kind::value) return false;
    return (!value.empty() && step.text == value) || base::equal_ignoring_case(step.name, field.name);
  });
  return "<tr" + std::string(seen ? " class=\"seen\"" : "") + "><th>" + escaped(field.name) + "</th><td>" +
         escaped(value) + "</td></tr>\n";
}

std::string message_html(const MessageRun& run) {
  const mail::EditedMessage message(run.octets);
  const auto from = run.envelope.transaction.reverse_path.str();
  std::string rows = "<tr class=\"envelope\"><th>MAIL FROM</th><td>" + escaped('<' + from + '>') +
                     "</td></tr>\n<tr class=\"envelope\"><th>RCPT TO</th><td>" +
                     escaped('<' + run.envelope.recipient.address.str() + '>') + "</td></tr>\n";
  for (const auto& field : message.fields()) rows += field_html(run, field);
  const auto body = message.body();
  const bool cut = body.size() > body_shown;
  return "<table class=\"message\">\n" + rows + "</table>\n<details><summary>Body, " +
         std::to_string(body.size()) + " octets" + (cut ? ", its beginning" : "") + "</summary><pre>" +
         escaped(base::truncate_utf8(body, body_shown)) + "</pre></details>\n";
}

} // namespace

std::string page_head(const std::string& title) {
  return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
         "'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
         escaped(title) + "</title>\n<style>\n" + std::string(report_style) + "</style></head>\n<body>\n";
}

std::string section_of(const MessageRun& run) {
  std::string listings;
  for (std::size_t i = 0; i < run.recording.scripts().size(); ++i)
    listings += Listing(run, i, anchor_prefix(run, i)).html();
  return "<h1>What happens to " + escaped(run.name) + "</h1>\n" + outcome_html(run) +
         "<div class=\"sides\">\n<section>\n<h2>Script</h2>\n" + listings +
         "</section>\n<section>\n<h2>Message</h2>\n" + message_html(run) + "<h2>Step by step</h2>\n" +
         steps_html(run) + "</section>\n</div>\n";
}

std::string page_foot() {
  return "<footer>lastmile-sieve " LASTMILE_VERSION " run --html. Nothing was delivered or sent.</footer>\n"
         "</body></html>\n";
}

} // namespace tools
