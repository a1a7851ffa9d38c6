// SPDX-License-Identifier: MIT
// spamtest, spamtestplus, virustest (RFC 5235): the settings, the scales, the presets.
#include "support.h"

#include "config.h"
#include "sieve/host.h"
#include "support/catch.h"

#include <map>

using namespace sieve::test;

namespace {

class Configured : public sieve::Host {
public:
  explicit Configured(std::map<std::string, std::string> settings) : settings_(std::move(settings)) {}
  std::string setting(const std::string& name) const override {
    const auto found = settings_.find(name);
    return found == settings_.end() ? "" : found->second;
  }

private:
  std::map<std::string, std::string> settings_;
};

using Settings = std::map<std::string, std::string>;

/// The value, percent, and how many were counted: "3 25% 1".
std::string spam(const Settings& settings, const std::string& header) {
  const Configured host(settings);
  const std::string script =
      "require [\"spamtestplus\", \"variables\", \"fileinto\", \"relational\"];"
      "if spamtest :matches \"*\" { set \"v\" \"${0}\"; }"
      "if spamtest :percent :matches \"*\" { set \"p\" \"${0}\"; } set \"c\" \"0\";"
      "if spamtest :count \"eq\" \"1\" { set \"c\" \"1\"; } fileinto \"${v} ${p}% ${c}\";";
  const std::string outcome = outcome_of(script, header + "\n\n", host);
  return outcome.substr(0, 9) == "fileinto " ? outcome.substr(9) : outcome;
}

std::string virus(const Settings& settings, const std::string& header) {
  const std::string outcome = outcome_of("require [\"virustest\", \"variables\", \"fileinto\"];"
                                         "if virustest :matches \"*\" { fileinto \"${0}\"; }",
                                         header + "\n\n", Configured(settings));
  return outcome.substr(0, 9) == "fileinto " ? outcome.substr(9) : outcome;
}

} // namespace

TEST_CASE("not tested unless configured") {
  CHECK(spam({}, "X-Spam-Score: 5") == "0 0% 0");
  CHECK(spam({{"sieve_spamtest_preset", "none"}}, "X-Spam-Status: Yes, score=9 required=5") == "0 0% 0");
  CHECK(spam({{"sieve_spamtest_preset", "unheard-of"}}, "X-Spam-Status: Yes, score=9 required=5") ==
        "0 0% 0");
}

TEST_CASE("spamtest: score") {
  const Settings score = {{"sieve_spamtest_status_header", "X-Spam-Score"},
                          {"sieve_spamtest_status_type", "score"},
                          {"sieve_spamtest_score_max_value", "12"}};
  CHECK(spam(score, "X-Spam-Score: -3") == "1 0% 1");
  CHECK(spam(score, "X-Spam-Score: 0") == "1 0% 1");
  CHECK(spam(score, "X-Spam-Score: 6.0") == "5 50% 1");
  CHECK(spam(score, "X-Spam-Score: 12.00") == "10 100% 1");
  CHECK(spam(score, "X-Spam-Score: 99") == "10 100% 1");
  CHECK(spam(score, "X-Spam-Score: 8 (high)\nX-Spam-Score: 0") == "7 66% 1");
  CHECK(spam(score, "X-Spam-Score: much") == "0 0% 0");
  CHECK(spam(score, "X-Spam-Score: .") == "0 0% 0");
  CHECK(spam(score, "X-Other: 1") == "0 0% 0");
}

#ifdef HAVE_PCRE2
TEST_CASE("spamtest: maximum and score out of one field") {
  Settings both = {{"sieve_spamtest_status_header", "X-Check: score=(-?[0-9.]+)"},
                   {"sieve_spamtest_score_max_header", "X-Check: of=([0-9.]+)"}};
  CHECK(spam(both, "X-Check: score=5 of=10") == "5 50% 1");
  CHECK(spam(both, "X-Check: score=5") == "0 0% 0");
  CHECK(spam(both, "X-Check: score=5 of=0") == "0 0% 0");
  both["sieve_spamtest_score_max_value"] = "4"; // two maxima are none
  CHECK(spam(both, "X-Check: score=5 of=10") == "0 0% 0");
}
#endif

TEST_CASE("spamtest: bad settings are as good as none") {
  CHECK(spam({{"sieve_spamtest_status_header", "X: ("}, {"sieve_spamtest_score_max_value", "1"}}, "X: 1") ==
        "0 0% 0");
  CHECK(spam({{"sieve_spamtest_status_header", "X: 1"}, {"sieve_spamtest_score_max_value", "1"}}, "X: 1") ==
        "0 0% 0");
  CHECK(spam({{"sieve_spamtest_status_header", "X"}, {"sieve_spamtest_status_type", "colour"}}, "X: 1") ==
        "0 0% 0");
  CHECK(spam({{"sieve_spamtest_status_header", "X"}}, "X: 1") == "0 0% 0");
}

TEST_CASE("spamtest: length and text") {
  const Settings stars = {{"sieve_spamtest_status_header", "X-Stars"},
                          {"sieve_spamtest_status_type", "strlen"},
                          {"sieve_spamtest_score_max_value", "5"}};
  CHECK(spam(stars, "X-Stars: **") == "4 40% 1");
  CHECK(spam(stars, "X-Stars:") == "1 0% 1");
  const Settings words = {{"sieve_spamtest_status_header", "X-Verdict"},
                          {"sieve_spamtest_status_type", "text"},
                          {"sieve_spamtest_text_value/0", "unknown"},
                          {"sieve_spamtest_text_value/1", "ham"},
                          {"sieve_spamtest_text_value/10", "spam"}};
  CHECK(spam(words, "X-Verdict: ham") == "1 0% 1");
  CHECK(spam(words, "X-Verdict: spam") == "10 100% 1");
  CHECK(spam(words, "X-Verdict: unknown") == "0 0% 0");
  CHECK(spam(words, "X-Verdict: eggs") == "0 0% 0");
}

#ifdef HAVE_PCRE2
TEST_CASE("presets of well-known scanners") {
  const Settings status = {{"sieve_spamtest_preset", "x-spam-status"}};
  CHECK(spam(status, "X-Spam-Status: No, score=-1.9 required=5.0 tests=BAYES_00") == "1 0% 1");
  CHECK(spam(status, "X-Spam-Status: Yes, score=7.3 required=5.0\n\ttests=URIBL") == "10 100% 1");
  CHECK(spam(status, "X-Spam-Status: No, hits=2.5 required=5.0") == "5 50% 1");
  const Settings rspamd = {{"sieve_spamtest_preset", "x-spamd-result"}};
  CHECK(spam(rspamd, "X-Spamd-Result: default: False [3.75 / 15.00];\n\tDMARC_NA(0.00)[example.org]") ==
        "3 25% 1");
  const Settings level = {{"sieve_spamtest_preset", "x-spam-level"}};
  CHECK(spam(level, "X-Spam-Level: ***") == "6 60% 1");
  CHECK(spam(level, "X-Spam-Level:") == "1 0% 1");
}

TEST_CASE("virustest") {
  const Settings words = {{"sieve_virustest_status_header", "X-Virus: (.*)"},
                          {"sieve_virustest_status_type", "text"},
                          {"sieve_virustest_text_value/1", "clean"},
                          {"sieve_virustest_text_value/5", "found"}};
  CHECK(virus(words, "X-Virus: clean") == "1");
  CHECK(virus(words, "X-Virus: found") == "5");
  CHECK(virus(words, "X-Virus: perhaps") == "0");
  CHECK(virus({}, "X-Virus: found") == "0");
  const Settings preset = {{"sieve_virustest_preset", "x-virus-status"}};
  CHECK(virus(preset, "X-Virus-Status: Infected (Eicar-Test-Signature)") == "5");
  CHECK(virus(preset, "X-Virus-Status: Clean") == "1");
}
#endif

TEST_CASE("virustest: score") {
  const Settings score = {{"sieve_virustest_status_header", "X-V"}, {"sieve_virustest_score_max_value", "4"}};
  CHECK(virus(score, "X-V: 2") == "3");
}

TEST_CASE("percent belongs to spamtestplus") {
  CHECK_FALSE(errors_of("require \"spamtest\"; if spamtest :percent \"1\" { }").empty());
  CHECK(errors_of("require [\"spamtest\", \"spamtestplus\"]; if spamtest :percent \"1\" { }").empty());
}
