// SPDX-License-Identifier: MIT
// mime, foreverypart, extracttext, replace, enclose (RFC 5703) and convert (RFC 6558): what the cases in the
// test language cannot see.
#include "support.h"

#include "sieve/host.h"
#include "support/catch.h"

using namespace sieve::test;

namespace {

const std::string parts_mail = "From: alice@example.org\n"
                               "Subject: Parts\n"
                               "Content-Type: multipart/mixed; boundary=b\n"
                               "\n"
                               "--b\n"
                               "Content-Type: text/html; charset=iso-8859-1\n"
                               "\n"
                               "<p>Gr\xfc\xdf<b>e</b></p>\n"
                               "--b\n"
                               "Content-Type: image/tiff; name=\"photo.tiff\"\n"
                               "Content-ID: <1@example.org>\n"
                               "Content-Disposition: inline; filename=\"photo.tiff\"\n"
                               "Content-Transfer-Encoding: base64\n"
                               "\n"
                               "VElGRg==\n"
                               "--b--\n";

/// The message as the implicit keep has it after the script.
std::string kept(const std::string& script, std::string_view octets,
                 const sieve::Host& host = sieve::Host()) {
  sieve::Diagnostics diagnostics;
  const auto compiled = sieve::compile(script, {.name = "test", .host = &host}, diagnostics);
  if (compiled == nullptr) return "does not compile: " + diagnostics.front().text;
  sieve::Evaluation evaluation(host, {octets, {}});
  evaluation.run(*compiled);
  const auto outcome = evaluation.finish();
  for (const auto& line : outcome.log) {
    if (line.severity == sieve::Severity::error) return "error: " + line.text;
  }
  return outcome.keep.message->str();
}

class Programs : public sieve::Host {
public:
  bool has_programs() const override { return true; }
  sieve::ProgramResult run_program(const sieve::ProgramCall& call) const override {
    last = call.kind + " " + call.name;
    for (const auto& argument : call.arguments) last += " " + argument;
    last += " < " + call.input;
    if (call.name != "convert-image-tiff-to-image-jpeg") return {false, {}, "there is no such program"};
    return {true, "JPEG", {}};
  }
  mutable std::string last;
};

} // namespace

TEST_CASE("a part that is replaced leaves the octets of the others alone") {
  const std::string script =
      "require [\"foreverypart\", \"mime\", \"replace\"];"
      "foreverypart { if header :mime :type \"Content-Type\" \"image\" { replace \"gone\"; } }";
  const auto cut = parts_mail.find("Content-Type: image/tiff");
  CHECK(kept(script, parts_mail) == parts_mail.substr(0, cut) +
                                        "Content-Type: text/plain; charset=utf-8\n"
                                        "Content-Transfer-Encoding: 7bit\n\ngone\n\n--b--\n");
}

TEST_CASE("line ends are those of the message") {
  std::string crlf;
  for (const char c : parts_mail) crlf += c == '\n' ? "\r\n" : std::string(1, c);
  const std::string replace = "require [\"foreverypart\", \"mime\", \"replace\", \"enclose\"];"
                              "foreverypart { if header :mime :type \"Content-Type\" \"image\""
                              "{ replace \"one\r\ntwo\"; } } enclose \"three\";";
  const std::string result = kept(replace, crlf);
  for (std::size_t at = result.find('\n'); at != std::string::npos; at = result.find('\n', at + 1)) {
    CHECK(result[at - 1] == '\r');
  }
  CHECK(kept(replace, parts_mail).find('\r') == std::string::npos);
}

TEST_CASE("many replacements of a large message end") {
  std::string large = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 3000; ++i) large += "--b\n\n" + std::string(2000, 'x') + "\n";
  large += "--b--\n";
  const std::string result = kept("require [\"foreverypart\", \"replace\", \"mime\"];"
                                  "foreverypart { if not exists :mime \"Content-Type\" { replace \"y\"; } }",
                                  large);
  CHECK(result.substr(0, 27) == "error: the script did more ");
}

TEST_CASE("HTML becomes text, charsets change") {
  const std::string requires_all = "require [\"convert\", \"mime\", \"foreverypart\", \"fileinto\"];";
  const std::string text =
      kept(requires_all + "convert \"text/html\" \"text/plain\" [\"charset=utf-8\"];", parts_mail);
  CHECK(text.find("Content-Type: text/plain; charset=utf-8\n") != std::string::npos);
  CHECK(text.find("Gr=C3=BC=C3=9Fe\n") != std::string::npos);
  CHECK(text.find("<p>") == std::string::npos);
  const std::string html =
      kept(requires_all + "convert \"text/html\" \"text/html\" [\"charset=utf-8\"];", parts_mail);
  CHECK(html.find("Content-Type: text/html; charset=utf-8\n") != std::string::npos);
  CHECK(html.find("<p>Gr=C3=BC=C3=9F<b>e</b></p>\n") != std::string::npos);
  CHECK(kept(requires_all + "convert \"text/html\" \"text/plain\" [\"charset=x-nonsense\"];", parts_mail) ==
        parts_mail);
  CHECK(kept(requires_all + "convert \"text/html\" \"text/plain\" [\"pix-x=3\"];", parts_mail) == parts_mail);
}

TEST_CASE("convert says whether it succeeded") {
  const std::string start = "require [\"convert\", \"fileinto\", \"foreverypart\", \"mime\"];";
  const auto outcome = [&](const std::string& script) {
    return outcome_of(start + script, parts_mail, Programs());
  };
  CHECK(outcome("if convert \"text/html\" \"text/plain\" [\"\"] { fileinto \"a\"; }") == "fileinto a");
  CHECK(outcome("if convert \"image/tiff\" \"image/jpeg\" [\"\"] { fileinto \"a\"; }") == "fileinto a");
  CHECK(outcome("if convert \"image/png\" \"image/jpeg\" [\"\"] { fileinto \"nothing to do\"; }") ==
        "fileinto nothing to do");
  CHECK(outcome("if not convert \"image/tiff\" \"image/png\" [\"\"] { fileinto \"a\"; }") == "fileinto a");
  CHECK(outcome("foreverypart { if not convert \"image/tiff\" \"image/png\" [\"\"] { fileinto \"a\"; } }") ==
        "fileinto a");
  CHECK(errors_of("require \"convert\"; convert \"tiff\" \"image/png\" [\"\"];") ==
        "1:28: convert: `tiff' is no media type\n");
}

TEST_CASE("a program converts what is not text") {
  const Programs host;
  const std::string result = kept("require \"convert\";"
                                  "convert \"image/tiff\" \"image/jpeg\" [\"pix-x=320\", \"pix-y=240\"];",
                                  parts_mail, host);
  CHECK(host.last == "convert convert-image-tiff-to-image-jpeg pix-x=320 pix-y=240 < TIFF");
  CHECK(result.find("Content-Type: image/jpeg\n") != std::string::npos);
  CHECK(result.find("Content-ID: <1@example.org>\n") != std::string::npos);
  CHECK(result.find("Content-Disposition: inline\n") != std::string::npos);
  CHECK(result.find("SlBFRw==\n") != std::string::npos);
  CHECK(result.find("photo.tiff") == std::string::npos);
  CHECK(kept("require \"convert\"; convert \"image/tiff\" \"image/jpeg\" [\"\"];", parts_mail) == parts_mail);
}

TEST_CASE("in a loop convert looks at the current part") {
  const Programs host;
  const std::string script = "require [\"convert\", \"foreverypart\", \"mime\"]; foreverypart {"
                             "if header :mime :type \"Content-Type\" \"text\" {"
                             "convert \"image/tiff\" \"image/jpeg\" [\"\"]; } }";
  CHECK(kept(script, parts_mail, host) == parts_mail);
  CHECK(host.last.empty());
}
