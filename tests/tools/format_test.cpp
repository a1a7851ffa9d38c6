// SPDX-License-Identifier: MIT
// The canonical form keeps the meaning and is stable, for every script of the tree and comments anywhere.
#include "tools/format/format.h"

#include "base/file.h"
#include "sieve/lexer.h"
#include "sieve/parser.h"
#include "support/catch.h"

#include <filesystem>

namespace {

/// Nothing for a script with errors.
std::optional<sieve::SyntaxTree> tree(const std::string& source) {
  sieve::Diagnostics errors;
  auto whole = sieve::parse(source, "x", {}, errors);
  if (!errors.empty()) return std::nullopt;
  return whole;
}

std::string fault(const std::string& source) {
  const auto before = tree(source);
  if (!before) return {};
  const std::string once = tools::format_script(source);
  const auto after = tree(once);
  if (!after) return "not readable any more:\n" + once;
  if (!tools::same_meaning(before->commands, after->commands)) return "another meaning:\n" + once;
  const std::string twice = tools::format_script(once);
  return twice == once ? "" : "not stable:\n" + once + "----\n" + twice;
}

/// The script with a comment behind its n-th token, for all n.
std::vector<std::string> with_comments(const std::string& source, const std::string& comment) {
  std::vector<std::string> all;
  sieve::Texts texts;
  sieve::Lexer lexer(source, 32, texts);
  for (auto token = lexer.next(); token.kind != sieve::Token::Kind::end; token = lexer.next()) {
    const auto end = static_cast<std::size_t>(token.source.data() + token.source.size() - source.data());
    all.push_back(source.substr(0, end) + comment + source.substr(end));
  }
  return all;
}

} // namespace

TEST_CASE("formatting keeps the meaning of every script of the tree and is stable") {
  std::size_t scripts = 0;
  for (const char* directory : {"/tests/sieve", "/contrib/sieve"}) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(SOURCE_ROOT + std::string(directory))) {
      const auto extension = entry.path().extension();
      if (extension != ".sieve" && extension != ".svtest") continue;
      INFO(entry.path().string());
      CHECK(fault(base::read_whole_file(entry.path().string(), 1 << 24)).empty());
      ++scripts;
    }
  }
  CHECK(scripts > 300);
}

TEST_CASE("comments may stand anywhere") {
  const std::string script = "require [\"a\", \"b\"];\n"
                             "if anyof (not header :is [\"a\"] \"b\", size :over 1k) {\n"
                             "  keep;\n"
                             "} elsif true { } else { vacation :days 7 text:\nx\n..\n.\n; }\n";
  for (const auto* comment : {"# c\n", " # c\n\n", "\n# c\n", "\n\n# c\n\n# d\n", "/* c */",
                              "\n/* c\n d */\n", " /* c */ # d\n", "/* c\n d */", "\r\n# c\r\n"}) {
    for (const auto& variant : with_comments(script, comment)) {
      INFO(variant);
      CHECK(fault(variant) == "");
    }
  }
}

TEST_CASE("long lines are broken from the outside in") {
  const std::string word(30, 'w');
  const std::string list = "[\"" + word + "\", \"" + word + "\", \"" + word + "\"]";
  CHECK(tools::format_script("if allof(header " + list + " \"a\",true){stop;}") ==
        "if allof (\n    header [\n        \"" + word + "\",\n        \"" + word + "\",\n        \"" + word +
            "\"\n    ] \"a\",\n    true\n) {\n    stop;\n}\n");
  CHECK(tools::format_script("vacation :days 7 :subject \"" + word + "\" :from \"" + word + "\" \"" + word +
                             "\";") ==
        "vacation :days 7 :subject \"" + word + "\"\n    :from \"" + word + "\" \"" + word + "\";\n");
}

TEST_CASE("line ends are those of the first line") {
  CHECK(tools::format_script("keep;\r\nstop;\n") == "keep;\r\nstop;\r\n");
  CHECK(tools::format_script("") == "");
  CHECK(tools::format_script("# x") == "# x\n");
  CHECK(tools::format_script("\xef\xbb\xbfkeep;") == "keep;\n");
}
