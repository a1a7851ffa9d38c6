// SPDX-License-Identifier: MIT
// The inner loops of a delivery, each on its own: dot removal, digests, header, MIME, Sieve. A line each:
// what, how much, of what. --quick does everything once.
#include "base/xxhash.h"
#include "delivery/digest.h"
#include "lmtp/data.h"
#include "mail/header.h"
#include "mail/part.h"
#include "mail/transfer_encoding.h"
#include "sieve/regex.h"
#include "sieve/sieve.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

bool quick = false;
volatile std::size_t seen; // so that nothing is left out for being of no use

/// Seconds of one run: the best of several, since others only make it slower.
double best(const std::function<std::size_t()>& run) {
  double least = 1e9;
  const auto until = Clock::now() + std::chrono::milliseconds(quick ? 0 : 500);
  do {
    const auto begin = Clock::now();
    seen = run();
    least = std::min(least, std::chrono::duration<double>(Clock::now() - begin).count());
  } while (Clock::now() < until);
  return least;
}

void rate(const char* what, std::size_t octets, const std::function<std::size_t()>& run) {
  std::printf("%-44s %12.1f MB/s\n", what, static_cast<double>(octets) / best(run) / 1e6);
}

void time_of(const std::string& what, const std::function<std::size_t()>& run) {
  std::printf("%-44s %12.2f us\n", what.c_str(), best(run) * 1e6);
}

std::string repeated(std::string_view text, std::size_t size) {
  std::string result;
  while (result.size() < size) result += text;
  return result;
}

const std::string line = std::string(76, 'x') + "\r\n";

std::string header(std::size_t fields) {
  std::string text = "From: Alice <alice@example.org>\nSubject: bench\n";
  for (std::size_t i = 0; i < fields; ++i)
    text += "X-Field-" + std::to_string(i) + ": value " + std::to_string(i) + "\n";
  return text;
}

std::string base64(std::size_t size) {
  return repeated("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAx\n", size);
}

std::string base64_message(std::size_t size) {
  return "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" + base64(size);
}

std::string rules(std::size_t count, const std::string& test, const std::string& around = {}) {
  std::string script = "require [\"fileinto\", \"body\", \"regex\"];\n";
  for (std::size_t i = 0; i < count; ++i)
    script += "if " + test + " \"" + around + "no-such-word-" + std::to_string(i) + around +
              "\" { fileinto \"F\"; }\n";
  return script;
}

std::shared_ptr<const sieve::Script> compiled(const std::string& source) {
  sieve::Diagnostics diagnostics;
  auto script = sieve::compile(source, {}, diagnostics);
  if (script == nullptr) std::fprintf(stderr, "%s\n", sieve::headline(diagnostics.at(0)).c_str());
  return script;
}

std::size_t evaluate(const sieve::Script& script, std::string_view message) {
  const sieve::Host host;
  sieve::Evaluation evaluation(host, {message, {}});
  evaluation.run(script);
  return evaluation.finish().actions.size();
}

void octets() {
  const auto wire = repeated(line + "..a dot\r\n", 8 << 20);
  rate("dots removed, CRLF to LF", wire.size(), [&] {
    lmtp::DataDecoder decoder;
    std::string output;
    std::size_t size = 0;
    for (std::size_t at = 0; at < wire.size(); at += 65536) {
      decoder.decode(std::string_view(wire).substr(at, 65536), output);
      size += output.size();
      output.clear();
    }
    return size;
  });
  rate("fingerprint (XXH64)", wire.size(), [&] {
    base::XxHash hash;
    hash.add(wire);
    return static_cast<std::size_t>(hash.value());
  });
  rate("digest (SHA-256)", wire.size(), [&] { return delivery::digest_of(wire).size(); });
}

void mime() {
  const auto fields = header(1000);
  time_of("1000 header fields indexed", [&] { return mail::parse_fields(fields).size(); });
  const auto encoded = base64(8 << 20);
  rate("base64 decoded", encoded.size(), [&] { return mail::decode_base64(encoded).size(); });
  const auto quoted = repeated("caf=C3=A9 and a soft line=\nbreak\n", 8 << 20);
  rate("quoted-printable decoded", quoted.size(),
       [&] { return mail::decode_quoted_printable(quoted).size(); });
}

void scripts() {
  const auto small = header(10) + "\nbody\n";
  const auto large = base64_message(1 << 20);
  for (const std::size_t count : {20U, 1000U}) {
    const auto source = rules(count, "header :contains \"subject\"");
    const auto number = std::to_string(count);
    time_of(number + " header rules compiled", [&] { return compiled(source) != nullptr; });
    const auto script = compiled(source);
    if (script) time_of(number + " header rules evaluated", [&] { return evaluate(*script, small); });
  }
  for (const auto* kind : {":contains", ":matches", ":regex"}) {
    if (std::strcmp(kind, ":regex") == 0 && !sieve::have_regex()) continue;
    const auto script = compiled(rules(100, std::string("header ") + kind + " \"subject\""));
    if (script)
      time_of(std::string("100 header rules with ") + kind, [&] { return evaluate(*script, small); });
  }
  for (const std::size_t count : {1U, 20U, 200U}) {
    const auto script = compiled(rules(count, "body :text :contains"));
    if (script)
      time_of("1 MB of base64, " + std::to_string(count) + " body rules",
              [&] { return evaluate(*script, large); });
  }
  const auto wildcards = compiled(rules(200, "body :text :matches", "*"));
  if (wildcards)
    time_of("1 MB of base64, 200 body rules with :matches", [&] { return evaluate(*wildcards, large); });
}

} // namespace

int main(int argc, char** argv) {
  quick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;
  octets();
  mime();
  scripts();
  return 0;
}
