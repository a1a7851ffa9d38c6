// SPDX-License-Identifier: MIT
#include "base/file.h"
#include "base/io.h"
#include "delivery/content.h"
#include "delivery/mbox_quote.h"
#include "fixture.h"
#include "support/catch.h"

#include <algorithm>
#include <random>

using namespace delivery;
using namespace fixture;

namespace {

constexpr std::size_t several_windows = 3'500'000; // of what is written at a time

std::string text_of(std::size_t size) {
  std::mt19937 random(4155);
  std::string text = "Subject: large\nX-Drop: this\n\n";
  while (text.size() < size) {
    if (random() % 8 == 0) text += random() % 2 == 0 ? "From here\n" : ">From there\n";
    text += std::string(random() % 200, static_cast<char>('a' + random() % 26)) + "\n";
  }
  return text;
}

std::string quoted(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n') + 1);
    const auto unquoted = line.substr(std::min(line.find_first_not_of('>'), line.size()));
    if (unquoted.substr(0, 5) == "From ") result += '>';
    result += line;
    text.remove_prefix(line.size());
  }
  return result;
}

struct Large {
  explicit Large(const std::string& text) : spool("/tmp", 4096) {
    spool.append(text);
    spool.add_line_ends(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
    spool.finish();
    letter = {"Received: here\n", std::make_shared<const mail::EditedMessage>(spool.view()), &spool};
  }
  base::Spool spool;
  Letter letter;
};

std::string written(const Content& content, const std::string& before) {
  const Directory directory;
  const base::Fd file = base::open_file(directory / "f", O_RDWR | O_CREAT | O_EXCL, 0600);
  base::write_all(file.get(), before);
  content.write_to(file.get());
  return read(directory / "f");
}

/// Octets of files that the process has in memory (statm's third).
std::size_t mapped() {
  std::istringstream statm(read("/proc/self/statm"));
  std::size_t size = 0, resident = 0, shared = 0;
  statm >> size >> resident >> shared;
  return shared * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

} // namespace

TEST_CASE("content: what is larger than is written at a time comes out as it is") {
  const std::string text = text_of(several_windows);
  const Large large(text);
  const Content content(large.letter, {});
  for (const std::size_t before : {0U, 1U, 1048575U, 1048576U, 1048577U}) {
    const std::string front(before, '-');
    CHECK(written(content, front) == front + "Received: here\n" + text);
  }
  CHECK(content.size() == text.size() + 15);
  CHECK(content.crlf_size() ==
        content.size() + 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
}

TEST_CASE("content: thousands of pieces and a field less") {
  const std::string text = text_of(several_windows);
  const Large large(text);
  const std::string_view dropped[] = {"X-Drop"};
  Content content(large.letter, dropped);
  quote_mbox(content);
  auto expected = text;
  expected.erase(expected.find("X-Drop"), 13);
  expected = "Received: here\n" + quoted(expected);
  REQUIRE(content.pieces().size() > 1000);
  CHECK(written(content, "x") == "x" + expected);
  CHECK(content.size() == expected.size());
}

TEST_CASE("content: a large message takes little memory, whatever has to be quoted") {
  if (!exists("/proc/self/statm")) return;
  std::string text = "Subject: large\n\n";
  while (text.size() < 24'000'000) text += std::string(50'000, 'x') + "\nFrom here\n";
  const Large large(text);
  const auto before = mapped();
  Content content(large.letter, {});
  quote_mbox(content);
  CHECK(mapped() < before + 3'000'000);
  CHECK(written(content, "x").size() == content.size() + 1);
  CHECK(mapped() < before + 3'000'000);
}
