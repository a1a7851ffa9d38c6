// SPDX-License-Identifier: MIT
// body (RFC 5173): complete. :raw, :content, :text (the default), the last with the markup of HTML removed.
// Line ends are CRLF as in the message that was sent.
#include "base/ascii.h"
#include "mail/line_ends.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/match.h"
#include "sieve/parts.h"

#include <algorithm>

namespace sieve {

namespace {

struct BodyText {
  std::string text;
  FoldedForm folded;
};

using BodyTexts = std::vector<BodyText*>;

/// What was extracted of the message as it is now: several tests ask for the same, and what one of them takes
/// for the text of a part is the content for another.
struct BodyCache {
  Snapshot message;
  std::map<std::pair<const char*, std::size_t>, BodyText> texts; // by the octets they were made of
  std::map<std::string, BodyTexts> extracted;                    // by what was asked for

  /// `octets` are kept by the message.
  void add(BodyTexts& texts_of_test, std::string_view octets) {
    const auto [place, is_new] = texts.try_emplace({octets.data(), octets.size()});
    if (is_new) place->second.text = mail::to_crlf(octets);
    texts_of_test.push_back(&place->second);
  }
};

/// RFC 5173 section 5.2: "" is any type, "x" any subtype of x, "x/y" that one; other forms are none.
bool is_wanted(const mail::Part& part, std::string_view type) {
  if (type.empty()) return true;
  const auto slash = type.find('/');
  if (slash == std::string_view::npos) return base::equal_ignoring_case(type, part.type);
  const bool malformed = slash == 0 || slash + 1 == type.size() || type.find('/', slash + 1) != type.npos;
  return !malformed && base::equal_ignoring_case(type, part.media_type());
}

void add_content(BodyCache& cache, const mail::Part& part, BodyTexts& texts) {
  if (part.is_multipart()) {
    cache.add(texts, part.preamble);
    cache.add(texts, part.epilogue);
  } else if (part.is_message()) {
    cache.add(texts, part.children.front()->header);
  } else if (part.has_body) {
    cache.add(texts, part.text());
  }
}

BodyTexts content(BodyCache& cache, const std::vector<std::string>& types) {
  BodyTexts texts;
  each_part(cache.message->root(), [&](const mail::Part& part) {
    const auto wanted = [&](const std::string& type) { return is_wanted(part, type); };
    if (std::any_of(types.begin(), types.end(), wanted)) add_content(cache, part, texts);
  });
  return texts;
}

BodyTexts raw(BodyCache& cache) {
  BodyTexts texts;
  if (cache.message->has_body()) cache.add(texts, cache.message->body());
  return texts;
}

BodyTexts text(BodyCache& cache) {
  BodyTexts texts;
  each_part(cache.message->root(), [&](const mail::Part& part) {
    if (part.type == "text" && part.has_body) cache.add(texts, part.plain_text());
  });
  return texts;
}

enum class Transform { raw, content, text };

class BodyTest final : public Test {
public:
  BodyTest(Transform transform, TextList types, Match match, TextList keys)
      : transform_(transform), types_(std::move(types)), match_(std::move(match)), keys_(std::move(keys)) {}

  bool test(Execution& execution) const override {
    ValueList values;
    for (BodyText* const body : extracted(execution)) values.add_view(body->text, body->folded);
    return run_match(execution, match_, values, keys_);
  }

private:
  const BodyTexts& extracted(Execution& execution) const {
    auto& cache = execution.state().slots.get<BodyCache>();
    if (cache.message.get() != &execution.message()) cache = {execution.state().snapshot(), {}, {}};
    const auto types = values_of(types_, execution);
    std::string key(1, static_cast<char>('0' + static_cast<int>(transform_)));
    for (const auto& type : types) key += type + '\n';
    const auto found = cache.extracted.find(key);
    if (found != cache.extracted.end()) return found->second;
    auto texts = extract(cache, types);
    execution.spend_work(execution.message().size() / (transform_ == Transform::text ? 1 : 6));
    for (const BodyText* const body : texts) execution.spend_work(50 + body->text.size());
    return cache.extracted.emplace(key, std::move(texts)).first->second;
  }

  BodyTexts extract(BodyCache& cache, const std::vector<std::string>& types) const {
    switch (transform_) {
    case Transform::raw: return raw(cache);
    case Transform::content: return content(cache, types);
    case Transform::text: break;
    }
    return text(cache);
  }

  Transform transform_;
  TextList types_;
  Match match_;
  TextList keys_;
};

std::unique_ptr<Test> compile_body(Compiler& compiler, Arguments& arguments) {
  const TagUse* content_tag = arguments.tag("content");
  const bool is_raw = arguments.tag("raw") != nullptr;
  const bool is_text = arguments.tag("text") != nullptr;
  if ((content_tag != nullptr) + is_raw + is_text > 1) {
    compiler.error(arguments.position(), "`body' takes one of :raw, :content and :text");
    return nullptr;
  }
  auto match = bind_match(compiler, arguments, arguments.strings(0));
  match.captures = false; // RFC 5173 section 6
  const Transform transform = is_raw                   ? Transform::raw
                              : content_tag != nullptr ? Transform::content
                                                       : Transform::text;
  return std::make_unique<BodyTest>(transform, content_tag != nullptr ? content_tag->strings : TextList(),
                                    std::move(match), arguments.strings(0));
}

constexpr Type one_list[] = {Type::strings};
constexpr TagSpec body_tags[] = {
    {.name = "raw"}, {.name = "content", .parameter = Type::strings}, {.name = "text"}};
constexpr TestSpec tests[] = {{.name = "body",
                               .positionals = one_list,
                               .groups = matching_groups,
                               .tags = body_tags,
                               .compile = compile_body}};

} // namespace

extern const Extension body_extension;
constinit const Extension body_extension = {.name = "body", .rfc = "5173", .tests = tests};

} // namespace sieve
