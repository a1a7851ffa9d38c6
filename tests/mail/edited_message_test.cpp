// SPDX-License-Identifier: MIT
#include "mail/edited_message.h"
#include "mail/line_ends.h"
#include "samples.h"
#include "support/catch.h"

#include <random>

using namespace mail;

namespace {

std::string joined(const EditedMessage& message) {
  std::string text;
  for (const auto piece : message.pieces()) text += piece;
  CHECK(message.size() == text.size());
  CHECK(message.crlf_size() == crlf_size(text));
  CHECK(message.str() == text);
  return text;
}

const std::string simple = "A: 1\nB: 2\n\nbody\n";

} // namespace

TEST_CASE("an unedited message is one piece, the octets as they came") {
  for (const auto& name : test::message_names) {
    const auto text = test::message(name);
    const EditedMessage message(text);
    CHECK_FALSE(message.edited());
    REQUIRE(message.pieces().size() == 1);
    CHECK(message.pieces()[0].data() == text.data());
    CHECK(joined(message) == text);
    CHECK(message.root().octets == text);
  }
  CHECK(EditedMessage("").pieces().empty());
}

TEST_CASE("fields are inserted and erased where they stand") {
  EditedMessage message(simple);
  message.insert_field(0, "Z", "first");
  message.insert_field(3, "Y", "last");
  message.insert_field(2, "X", "middle");
  CHECK(joined(message) == "Z: first\nA: 1\nX: middle\nB: 2\nY: last\n\nbody\n");
  CHECK(message.edited());
  message.erase_field(1);
  message.erase_field(3);
  CHECK(joined(message) == "Z: first\nX: middle\nB: 2\n\nbody\n");
  CHECK(message.fields().size() == 3);
  CHECK(message.fields()[1].name == "X");
  CHECK(message.fields()[1].value == " middle");
  CHECK(message.body() == "body\n");
  CHECK(message.body().data() == simple.data() + 11);
}

TEST_CASE("all fields erased: the blank line and the body stay") {
  EditedMessage message(simple);
  message.erase_field(0);
  message.erase_field(0);
  CHECK(joined(message) == "\nbody\n");
  message.insert_field(0, "N", "new");
  CHECK(joined(message) == "N: new\n\nbody\n");
}

TEST_CASE("new fields are folded, encoded, and end as the message's do") {
  EditedMessage message("A: 1\r\n\r\nbody\r\n");
  message.insert_field(1, "Subject", "gr\303\274n");
  message.insert_raw_field(0, "X: one\n two\n");
  CHECK(joined(message) == "X: one\r\n two\r\nA: 1\r\nSubject: =?utf-8?q?gr=C3=BCn?=\r\n\r\nbody\r\n");
}

TEST_CASE("no value brings a field of its own") {
  EditedMessage message(simple);
  message.insert_field(0, "X", "a\r\nBcc: b\n\nbody");
  message.insert_raw_field(0, "Y: a\r\nBcc: b\n\n\nbody\n");
  CHECK(message.fields().size() == 4);
  CHECK(joined(message) == "Y: a\n Bcc: b\n body\nX: a  Bcc: b  body\nA: 1\nB: 2\n\nbody\n");
  CHECK(EditedMessage(message.str()).fields().size() == 4);
}

TEST_CASE("what is no field keeps its place") {
  EditedMessage message("From x@y Sat Mar  7 09:00:00 2026\nA: 1\ngarbage\nB: 2\nmore garbage\n\nbody");
  message.insert_field(0, "N", "n");
  CHECK(joined(message) ==
        "From x@y Sat Mar  7 09:00:00 2026\nN: n\nA: 1\ngarbage\nB: 2\nmore garbage\n\nbody");
  message.erase_field(1);
  message.erase_field(1);
  CHECK(joined(message) == "From x@y Sat Mar  7 09:00:00 2026\nN: n\ngarbage\nmore garbage\n\nbody");
  message.insert_field(1, "M", "m");
  CHECK(message.fields()[1].name == "M");
  CHECK(joined(message) == "From x@y Sat Mar  7 09:00:00 2026\nN: n\ngarbage\nmore garbage\nM: m\n\nbody");
}

TEST_CASE("a header without end") {
  EditedMessage message("A: 1\nB: 2");
  CHECK_FALSE(message.has_body());
  message.insert_field(2, "C", "3");
  CHECK(joined(message) == "A: 1\nB: 2\nC: 3\n");
  EditedMessage empty("");
  empty.insert_field(0, "A", "1");
  CHECK(joined(empty) == "A: 1\n");
}

TEST_CASE("a copy is a snapshot and outlives its original") {
  std::string before;
  auto original = std::make_unique<EditedMessage>(simple);
  original->insert_field(0, "X", "one");
  const EditedMessage copy = *original;
  original->erase_field(0);
  original->insert_field(0, "Y", "two");
  CHECK(joined(*original) == "Y: two\nA: 1\nB: 2\n\nbody\n");
  original.reset();
  CHECK(joined(copy) == "X: one\nA: 1\nB: 2\n\nbody\n");
  CHECK(copy.fields()[0].value == " one");
}

TEST_CASE("the tree follows the edits without a copy of the body") {
  const auto text = test::message("attachment");
  EditedMessage message(text);
  CHECK(message.root().children.size() == 2);
  message.insert_field(0, "X", "new");
  const Part& root = message.root();
  CHECK(root.fields.size() == message.fields().size());
  CHECK(find_field(root.fields, "x"));
  CHECK(root.header.starts_with("X: new\n"));
  CHECK(root.body.data() == message.body().data());
  REQUIRE(root.children.size() == 2);
  for (std::size_t i = 0; i < message.fields().size(); ++i) {
    if (message.fields()[i].name == "Content-Type") message.erase_field(i);
  }
  CHECK(message.root().children.empty());
}

TEST_CASE("replace_all") {
  EditedMessage message(simple);
  message.replace_all("C: 3\n\nother");
  CHECK(message.edited());
  CHECK(message.fields().size() == 1);
  CHECK(message.body() == "other");
  CHECK(message.root().octets == "C: 3\n\nother");
  CHECK(joined(message) == "C: 3\n\nother");
}

TEST_CASE("replace_part changes that part and nothing else") {
  const auto text = test::message("forwarded");
  for (const bool crlf : {false, true}) {
    const auto octets = crlf ? to_crlf(text) : text;
    const std::string end = crlf ? "\r\n" : "\n";
    EditedMessage message(octets);
    const auto& inner = *message.root().children[1]->children[0]->children[1];
    const auto old = std::string(inner.octets);
    const auto fresh = "Content-Type: text/plain" + end + end + "gone";
    auto expected = octets;
    expected.replace(expected.find(old), old.size(), fresh);
    message.replace_part(inner, fresh);
    CHECK(joined(message) == expected);
    const auto& changed = *message.root().children[1]->children[0]->children[1];
    CHECK(changed.body == "gone");
    message.insert_field(0, "X", "y");
    message.replace_part(*message.root().children[0], "\n\nnew first");
    CHECK(message.root().children[0]->body == "\nnew first");
    CHECK(test::count_parts(message.root()) == 10);
    message.replace_part(message.root(), "N: m\n\n");
    CHECK(joined(message) == "N: m\n\n");
  }
}

TEST_CASE("replace_part of an empty part leaves the delimiter on its line") {
  EditedMessage message("Content-Type: multipart/mixed; boundary=b\n\n--b\n--b\n\n--b--\n");
  message.replace_part(*message.root().children[0], "\nx");
  CHECK(message.str() == "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b\n\n--b--\n");
  message.replace_part(*message.root().children[1], "\ny");
  CHECK(message.str() == "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b\n\ny\n--b--\n");
}

TEST_CASE("random edits agree with a plain model") {
  std::mt19937 random(3);
  std::vector<std::string> model = {"A: 1\n", "B: 2\n"};
  EditedMessage message(simple);
  for (int i = 0; i < 400; ++i) {
    const std::size_t at = random() % (model.size() + 1);
    if (random() % 2 && at < model.size()) {
      message.erase_field(at);
      model.erase(model.begin() + static_cast<std::ptrdiff_t>(at));
    } else {
      message.insert_field(at, "N", std::to_string(i));
      model.insert(model.begin() + static_cast<std::ptrdiff_t>(at), "N: " + std::to_string(i) + "\n");
    }
    std::string expected;
    for (const auto& field : model) expected += field;
    REQUIRE(joined(message) == expected + "\nbody\n");
    REQUIRE(message.root().fields.size() == model.size());
  }
}
