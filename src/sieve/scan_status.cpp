// SPDX-License-Identifier: MIT
#include "sieve/scan_status.h"

#include "base/ascii.h"
#include "mail/header.h"
#include "sieve/execution.h"
#include "sieve/regex.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace sieve {

namespace {

struct TextValue {
  std::string_view text;
  unsigned value;
};

/// How well-known scanners write, so that an administrator need only name theirs.
struct Preset {
  std::string_view prefix;
  std::string_view name;
  std::string_view status; // field, and a regular expression with one group
  std::string_view type;
  std::string_view max_value = {};
  std::string_view max_header = {};
  std::vector<TextValue> texts = {};
};

const Preset* find_preset(std::string_view prefix, std::string_view name) {
  static const Preset presets[] = {
      {"sieve_spamtest_", "x-spam-status", "X-Spam-Status: (?:score|hits)=(-?[0-9.]+)", "score", "",
       "X-Spam-Status: required=(-?[0-9.]+)"},
      {"sieve_spamtest_", "x-spamd-result", "X-Spamd-Result: \\[(-?[0-9.]+) */", "score", "",
       "X-Spamd-Result: / *(-?[0-9.]+)\\]"},
      {"sieve_spamtest_", "x-spam-level", "X-Spam-Level: ^([*+x]*)", "strlen", "5"},
      {"sieve_virustest_",
       "x-virus-status",
       "X-Virus-Status: ^([A-Za-z]+)",
       "text",
       "",
       "",
       {{"Clean", 1}, {"No", 1}, {"Infected", 5}, {"Yes", 5}}},
  };
  const auto found = std::find_if(std::begin(presets), std::end(presets), [&](const Preset& preset) {
    return preset.prefix == prefix && base::equal_ignoring_case(preset.name, name);
  });
  return found == std::end(presets) ? nullptr : found;
}

std::optional<double> parse_decimal(std::string_view text) {
  text = base::trim(text);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  double place = 0; // of the next digit behind the point; 0 before it
  bool digits = false;
  for (const char c : text.substr(0, text.find_first_of(" \t"))) {
    if (base::is_digit(c)) {
      digits = true;
      value = place > 0 ? value + (c - '0') * place : value * 10 + (c - '0');
      place /= 10;
    } else if ((c == '.' || c == ',') && place == 0) {
      place = 0.1;
    } else {
      return std::nullopt;
    }
  }
  if (!digits || !std::isfinite(value)) return std::nullopt;
  return negative ? -value : value;
}

class Reader {
public:
  Reader(Execution& execution, const ScanScale& scale, Position position)
      : execution_(execution), scale_(scale), position_(position) {}

  std::optional<ScanStatus> read() {
    std::string status_field = setting("status_header");
    if (status_field.empty()) {
      preset_ = chosen_preset();
      if (preset_ == nullptr) return std::nullopt;
      status_field = preset_->status;
    }
    const auto status = extract(status_field);
    if (!status) return std::nullopt;
    const std::string type = preset_ != nullptr ? std::string(preset_->type) : setting("status_type");
    if (type == "text") return from_text(*status);
    if (type == "strlen") return from_score(static_cast<double>(status->size()));
    if (!type.empty() && type != "score") {
      return fail("status_type must be score, strlen or text, not `" + base::printable(type) + "'");
    }
    const auto score = parse_decimal(*status);
    return score ? from_score(*score) : std::nullopt;
  }

private:
  std::string setting(const std::string& name) const {
    return execution_.host().setting(std::string(scale_.prefix) + name);
  }

  std::nullopt_t fail(const std::string& text) const {
    execution_.warn(position_, std::string(scale_.prefix) + text);
    return std::nullopt;
  }

  const Preset* chosen_preset() const {
    const std::string name = setting("preset");
    if (name.empty() || name == "none") return nullptr;
    const Preset* preset = find_preset(scale_.prefix, name);
    if (preset == nullptr) fail("preset `" + base::printable(name) + "' is unknown");
    return preset;
  }

  /// What "Field" or "Field: regular expression with one group" finds in the first field of that name, which
  /// is the one added last.
  std::optional<std::string> extract(std::string_view source) const {
    const auto colon = source.find(':');
    const auto name = base::trim(source.substr(0, colon));
    const mail::Field* field = mail::find_field(execution_.message().fields(), name);
    if (field == nullptr) return std::nullopt;
    const std::string value = mail::decode_header(field->value);
    if (colon == std::string_view::npos) return value;
    const std::string pattern(base::trim(source.substr(colon + 1)));
    std::string error;
    const auto regex = Regex::compile(pattern, {}, error);
    if (!regex) return fail("header: bad regular expression: " + error);
    if (regex->groups() != 1) return fail("header: the regular expression must have one group");
    std::vector<std::string> groups;
    std::uint64_t steps = execution_.limits().regex_steps;
    if (regex->match(value, steps, groups) != Regex::Result::yes) {
      return std::nullopt;
    }
    return groups[1];
  }

  std::string one_of(const std::string& name, const std::string& other) const {
    const std::string value = setting(name);
    return value.empty() ? setting(other) : value;
  }

  std::optional<double> maximum() const {
    std::string value = one_of("score_max_value", "max_value");
    std::string header = one_of("score_max_header", "max_header");
    if (preset_ != nullptr && value.empty() && header.empty()) {
      value = preset_->max_value;
      header = preset_->max_header;
    }
    if (value.empty() == header.empty()) return fail("score_max_value or score_max_header: set one of them");
    const auto text = header.empty() ? std::optional<std::string>(value) : extract(header);
    return text ? parse_decimal(*text) : std::nullopt;
  }

  std::optional<ScanStatus> from_score(double score) const {
    const auto most = maximum();
    if (!most || *most <= 0) return std::nullopt;
    return on_scale(std::clamp(score / *most, 0.0, 1.0));
  }

  std::optional<ScanStatus> from_text(const std::string& status) const {
    if (preset_ != nullptr) {
      for (const TextValue& known : preset_->texts) {
        if (base::equal_ignoring_case(known.text, status)) return of_value(known.value);
      }
      return std::nullopt;
    }
    for (unsigned value = 0; value <= scale_.top; ++value) {
      const std::string number = std::to_string(value);
      const std::string text = one_of("text_value/" + number, "text_value" + number);
      if (!text.empty() && text == status) return of_value(value);
    }
    return std::nullopt;
  }

  std::optional<ScanStatus> of_value(unsigned value) const {
    if (value == 0) return std::nullopt;
    const double ratio = static_cast<double>(value - 1) / (scale_.top - 1);
    return ScanStatus{value, static_cast<unsigned>(100 * ratio + 0.001)};
  }

  std::optional<ScanStatus> on_scale(double ratio) const {
    return ScanStatus{static_cast<unsigned>((scale_.top - 1) * ratio + 1.001),
                      static_cast<unsigned>(100 * ratio + 0.001)};
  }

  Execution& execution_;
  const ScanScale& scale_;
  Position position_;
  const Preset* preset_ = nullptr;
};

} // namespace

std::optional<ScanStatus> scan_status(Execution& execution, const ScanScale& scale, Position position) {
  return Reader(execution, scale, position).read();
}

} // namespace sieve
