// SPDX-License-Identifier: MIT
#include "mail/media_type.h"
#include "samples.h"
#include "support/catch.h"

#include "config.h"

using namespace mail;

#ifdef HAVE_MAGIC

#include <cstdlib>

namespace {

// In an environment that names a database of its own, which must not count.
std::string found(std::string_view octets, Aspect aspect = Aspect::media_type) {
  setenv("MAGIC", "/nonexistent/magic", 1);
  auto detected = detect(octets, aspect);
  CHECK(detected.error == "");
  CHECK(std::getenv("MAGIC") == std::string("/nonexistent/magic"));
  return detected.text;
}

} // namespace

TEST_CASE("detect looks at the octets") {
  const auto text = test::message("attachment");
  const auto root = parse_part(text);
  const auto pdf = root->children.at(1)->decoded();
  CHECK(found(pdf) == "application/pdf");
  CHECK(found(pdf, Aspect::description).find("PDF") != std::string::npos);
  CHECK(found(pdf, Aspect::extensions) == "pdf");
  CHECK(found("plain words\n") == "text/plain");
  CHECK(found("plain words\n", Aspect::extensions) == "");
  CHECK(found("\177ELF\2\1\1").starts_with("application/"));
}

TEST_CASE("detect: Office files") {
  // The first sector of a compound document, and the first entry of a word processor's ZIP file.
  std::string compound("\320\317\021\340\241\261\032\341", 8);
  compound.resize(4096);
  CHECK(found(compound).starts_with("application/"));
  const auto zip_entry = [](std::string name) {
    std::string entry("PK\003\004\024\000\006\000\010\000\000\000!\000", 14);
    entry.resize(26);
    return entry + static_cast<char>(name.size()) + std::string("\000\000\000", 3) + name + "data data";
  };
  const auto file =
      zip_entry("[Content_Types].xml") + zip_entry("_rels/.rels") + zip_entry("word/document.xml");
  CHECK(found(file) == "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
}

TEST_CASE("detect: nothing, and random octets") {
  CHECK(found("").find('/') != std::string::npos);
  CHECK(found({}).find('/') != std::string::npos);
  std::string octets;
  for (unsigned i = 0, x = 1; i < 2000000; ++i, x = x * 1103515245 + 12345)
    octets += static_cast<char>(x >> 16);
  CHECK(found(octets).find('/') != std::string::npos);
}

#else

TEST_CASE("detect without libmagic says so") {
  CHECK(detect("%PDF-1.4", Aspect::media_type).text == "application/octet-stream");
  CHECK_FALSE(detect("%PDF-1.4", Aspect::media_type).error.empty());
}

#endif
