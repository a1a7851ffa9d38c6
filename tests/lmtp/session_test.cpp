// SPDX-License-Identifier: MIT
#include "lmtp/session.h"

#include "base/ascii.h"
#include "base/io.h"
#include "base/process.h"
#include "support/catch.h"
#include "talk.h"

#include <random>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

namespace {

const std::string lhlo = "LHLO c\r\n";
const std::string begin = lhlo + "MAIL FROM:<a@b>\r\nRCPT TO:<alice@c>\r\n";
const std::string whole = begin + "DATA\r\nSubject: x\r\n\r\nbody\r\n.\r\nQUIT\r\n";

} // namespace

TEST_CASE("one message") {
  const Talk t = talk(whole);
  CHECK(t.status == EX_OK);
  CHECK(codes(t.replies) == "220 250 250 250 354 250 221");
  REQUIRE(t.deliveries.size() == 1);
  CHECK(t.deliveries[0].message == "Subject: x\n\nbody\n");
  CHECK(t.deliveries[0].crlf_size == 20);
  CHECK(t.deliveries[0].envelope.client.lhlo == "c");
}

TEST_CASE("RRVS is offered and understood only where accounts have a date") {
  auto options = test_options();
  const std::string asked =
      lhlo + "MAIL FROM:<a@b>\r\nRCPT TO:<alice@c> RRVS=2014-04-03T23:01:00Z\r\nQUIT\r\n";
  CHECK(codes(talk(asked, options).replies) == "220 250 250 250 221");
  CHECK(talk(asked, options).replies.find("RRVS") != std::string::npos);
  options.rrvs = false;
  CHECK(codes(talk(asked, options).replies) == "220 250 250 555 221");
  CHECK(talk(asked, options).replies.find("250-RRVS") == std::string::npos);
}

TEST_CASE("a dialogue cut at any octet delivers nothing and is no success") {
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Talk t = talk(whole.substr(0, size));
    INFO(size);
    const auto dot = whole.find("\r\n.\r\n") + 5;
    const bool clean = size == 0 || size == lhlo.size() || size == dot;
    CHECK(t.deliveries.size() == (size >= dot ? 1U : 0U));
    CHECK(t.status == (clean ? EX_OK : EX_PROTOCOL));
  }
}

TEST_CASE("random octets end without a crash") {
  std::mt19937 random(2033);
  const std::string_view pieces[] = {"LHLO x\r\n",
                                     "MAIL FROM:<a@b>\r\n",
                                     "RCPT TO:<c@d>\r\n",
                                     "DATA\r\n",
                                     "BDAT 5\r\n",
                                     "BDAT 3 LAST\r\n",
                                     "RSET\r\n",
                                     "x",
                                     "\r\n",
                                     "\n",
                                     "\r",
                                     ".",
                                     ".\r\n",
                                     " "};
  for (int round = 0; round < 300; ++round) {
    std::string input = round % 2 == 0 ? begin : "";
    for (auto count = random() % 60; count > 0; --count) {
      if (round % 3 == 0)
        input += static_cast<char>(static_cast<unsigned char>(random()));
      else
        input += pieces[random() % std::size(pieces)];
    }
    const Talk t = talk(input);
    CHECK((t.status == EX_OK || t.status == EX_PROTOCOL));
  }
}

TEST_CASE("a line of a megabyte is refused once") {
  const Talk t = talk("NOOP " + std::string(1 << 20, 'x') + "\r\nNOOP\r\nQUIT\r\n");
  CHECK(codes(t.replies) == "220 500 250 221");
  CHECK(codes(talk("NOOP " + std::string(4089, 'x') + "\r\n").replies) == "220 250");
  CHECK(codes(talk("NOOP " + std::string(4090, 'x') + "\r\n").replies) == "220 500");
}

TEST_CASE("a bare LF hides no command") {
  const Talk t = talk("NOOP\nRSET\r\nQUIT\r\n");
  CHECK(codes(t.replies) == "220 500 221");
}

TEST_CASE("a line of a megabyte in a message is kept") {
  const std::string line(1 << 20, 'x');
  const Talk t = talk(begin + "DATA\r\n" + line + "\r\n.\r\nQUIT\r\n");
  REQUIRE(t.deliveries.size() == 1);
  CHECK(t.deliveries[0].message == line + "\n");
}

TEST_CASE("ten thousand recipients") {
  auto options = test_options();
  options.max_recipients = 9999;
  std::string input = lhlo + "MAIL FROM:<>\r\n";
  for (int i = 0; i < 10000; ++i) input += "RCPT TO:<user" + std::to_string(i) + "@c>\r\n";
  const Talk t = talk(input + "DATA\r\nx\r\n.\r\nQUIT\r\n", options);
  REQUIRE(t.deliveries.size() == 1);
  CHECK(t.deliveries[0].envelope.recipients.size() == 9999);
  CHECK(t.replies.find("452 4.5.3") != std::string::npos);
  CHECK(base::words(codes(t.replies)).size() == 3 + 10000 + 1 + 9999 + 1);
}

TEST_CASE("the same recipient twice is delivered once and answered twice") {
  const Talk t = talk(lhlo + "MAIL FROM:<>\r\nRCPT TO:<alice@c>\r\nRCPT TO:<full@c>\r\nRCPT TO:<alice@C>\r\n"
                             "RCPT TO:<Alice@c>\r\nDATA\r\nx\r\n.\r\nQUIT\r\n");
  CHECK(codes(t.replies) == "220 250 250 250 250 250 250 354 250 452 250 250 221");
  CHECK(t.asked == 3);
  REQUIRE(t.deliveries.size() == 1);
  CHECK(t.deliveries[0].envelope.recipients.size() == 3);
}

TEST_CASE("a receiver that answers too seldom makes 451") {
  const Talk t = talk(lhlo + "MAIL FROM:<>\r\nRCPT TO:<alice@c>\r\nRCPT TO:<silent@c>\r\nRCPT TO:<bob@c>\r\n"
                             "DATA\r\nx\r\n.\r\nQUIT\r\n");
  CHECK(codes(t.replies) == "220 250 250 250 250 250 354 250 451 451 221");
}

TEST_CASE("size limit: declared, and while reading") {
  auto options = test_options();
  options.size_limit = 100;
  CHECK(codes(talk(lhlo + "MAIL FROM:<> SIZE=101\r\nRCPT TO:<a@c>\r\nQUIT\r\n", options).replies) ==
        "220 250 552 503 221");
  const std::string two = lhlo + "MAIL FROM:<> SIZE=100\r\nRCPT TO:<a@c>\r\nRCPT TO:<b@c>\r\n";
  const Talk exact = talk(two + "DATA\r\n" + std::string(98, 'x') + "\r\n.\r\nQUIT\r\n", options);
  CHECK(codes(exact.replies) == "220 250 250 250 250 354 250 250 221");
  const Talk over = talk(two + "DATA\r\n" + std::string(99, 'x') + "\r\n.\r\nNOOP\r\nQUIT\r\n", options);
  CHECK(codes(over.replies) == "220 250 250 250 250 354 552 552 250 221");
  CHECK(over.deliveries.empty());
  const Talk chunks =
      talk(two + "BDAT 99\r\n" + std::string(99, 'x') + "BDAT 3\r\nabcBDAT 1 LAST\r\nxQUIT\r\n", options);
  CHECK(codes(chunks.replies) == "220 250 250 250 250 250 552 552 552 221");
  CHECK(chunks.deliveries.empty());
}

TEST_CASE("a spool that cannot be written answers 452 to each") {
  auto options = test_options();
  options.spool_directory = "/nonexistent";
  options.spool_threshold = 10;
  const Talk t = talk(lhlo + "MAIL FROM:<>\r\nRCPT TO:<a@c>\r\nRCPT TO:<b@c>\r\nDATA\r\n" +
                          std::string(200000, 'x') + "\r\n.\r\nQUIT\r\n",
                      options);
  CHECK(codes(t.replies) == "220 250 250 250 250 354 452 452 221");
  CHECK(t.deliveries.empty());
}

TEST_CASE("a message beyond the threshold comes out as it came in") {
  auto options = test_options();
  options.spool_threshold = 1000;
  std::string sent;
  std::string stored;
  for (int i = 0; i < 50000; ++i) {
    sent += ".line " + std::to_string(i) + "\r\n";
    stored += "line " + std::to_string(i) + "\n";
  }
  const Talk t = talk(begin + "DATA\r\n" + sent + ".\r\nQUIT\r\n", options);
  REQUIRE(t.deliveries.size() == 1);
  CHECK(t.deliveries[0].message == stored);
  CHECK(t.deliveries[0].crlf_size == stored.size() + 50000);
}

TEST_CASE("BDAT eats its octets even when refusing") {
  CHECK(codes(talk("BDAT 6\r\nQUIT\r\nNOOP\r\n").replies) == "220 503 250");
  CHECK(codes(talk(lhlo + "MAIL FROM:<>\r\nRCPT TO:<nobody@c>\r\nBDAT 6 LAST\r\nQUIT\r\nRSET\r\nQUIT\r\n")
                  .replies) == "220 250 250 550 503 250 221");
}

TEST_CASE("a BDAT of unknown size ends the session") {
  const Talk t = talk(begin + "BDAT 5x LAST\r\nRSET\r\n");
  CHECK(codes(t.replies) == "220 250 250 250 501 421");
  CHECK(t.status == EX_PROTOCOL);
}

TEST_CASE("BDAT with too many octets announced keeps nothing") {
  const Talk t = talk(begin + "BDAT 50 LAST\r\nshort");
  CHECK(t.deliveries.empty());
  CHECK(t.status == EX_PROTOCOL);
}

TEST_CASE("smuggling: what looks like an end of data is data") {
  const std::string_view false_ends[] = {"\n.\n",      "\n.\r\n", "\r.\r",
                                         "\r.\r\n",    "\r\n.\n", "\r\n.\r",
                                         "\n.\r",      "\r.\n",   std::string_view("\r\n\0.\r\n", 6),
                                         "\r\n.\0\r\n"};
  for (const auto false_end : false_ends) {
    const Talk t = talk(begin + "DATA\r\na" + std::string(false_end) +
                        "MAIL FROM:<evil@x>\r\nRCPT TO:<bob@c>\r\nDATA\r\nevil\r\n.\r\nQUIT\r\n");
    INFO(base::printable(false_end));
    CHECK(codes(t.replies) == "220 250 250 250 354 250 221");
    CHECK(t.deliveries.size() == 1);
  }
}

TEST_CASE("twenty bad commands in a row are enough") {
  std::string input;
  for (int i = 0; i < 30; ++i) input += "GET / HTTP/1.1\r\n";
  const Talk t = talk(input);
  CHECK(base::words(codes(t.replies)).size() == 1 + 20 + 1);
  CHECK(t.replies.find("421 4.7.0") != std::string::npos);
  CHECK(t.status == EX_PROTOCOL);
}

TEST_CASE("recipients refused after a refused MAIL are no bad commands") {
  std::string input = lhlo + "MAIL FROM:<> SIZE=999999999999\r\n";
  for (int i = 0; i < 50; ++i) input += "RCPT TO:<a@c>\r\n";
  CHECK(talk(input + "QUIT\r\n").status == EX_OK);
}

TEST_CASE("an idle client hears 421 4.4.2") {
  int ends[2];
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  const base::Fd server(ends[0]);
  const base::Fd client(ends[1]);
  auto options = test_options();
  options.timeout = std::chrono::seconds(1);
  FakeReceiver receiver;
  lmtp::Session session(server.get(), server.get(), receiver, options);
  CHECK(session.run() == EX_IOERR);
  std::string replies(1000, '\0');
  replies.resize(base::read_some(client.get(), replies.data(), replies.size()));
  CHECK(codes(replies) == "220 421");
}

TEST_CASE("replies to a pipelined group go out in one write") {
  int ends[2];
  REQUIRE(::socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) == 0); // keeps writes apart
  const base::Fd server(ends[0]);
  const base::Fd client(ends[1]);
  base::write_all(client.get(), begin + "DATA\r\n");
  base::write_all(client.get(), "x\r\n.\r\nQUIT\r\n");
  FakeReceiver receiver;
  lmtp::Session session(server.get(), server.get(), receiver, test_options());
  CHECK(session.run() == EX_OK);
  std::string write(4096, '\0');
  const auto next = [&] {
    return codes({write.data(), base::read_some(client.get(), write.data(), write.size())});
  };
  CHECK(next() == "220");                 // waits for nothing
  CHECK(next() == "250 250 250 354 250"); // the message was there too, up to its first answer
  CHECK(next() == "221");
}

TEST_CASE("a client that is gone ends the session, not the delivery") {
  int ends[2];
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  const base::Fd server(ends[0]);
  base::Fd client(ends[1]);
  base::write_all(client.get(),
                  lhlo + "MAIL FROM:<>\r\nRCPT TO:<a@c>\r\nRCPT TO:<b@c>\r\nDATA\r\nx\r\n.\r\nNOOP\r\n");
  client.close();
  const auto child = [&](int) {
    FakeReceiver receiver;
    lmtp::Session session(server.get(), server.get(), receiver, test_options());
    const int status = session.run();
    return status == EX_IOERR ? 0 : 1;
  };
  CHECK(base::Child::spawn(child).finish(base::Clock::now() + std::chrono::seconds(20)).clean());
}

TEST_CASE("a client that reads nothing is given up, its message is not") {
  int ends[2];
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  const base::Fd server(ends[0]);
  const base::Fd client(ends[1]);
  base::write_all(client.get(),
                  lhlo + "MAIL FROM:<>\r\nRCPT TO:<a@c>\r\nRCPT TO:<b@c>\r\nDATA\r\nx\r\n.\r\n");
  struct Clogged : FakeReceiver {
    int fd = -1;
    std::vector<bool> given;
    void deliver(const mail::Envelope& envelope, const base::Spool& message, const Answer& answer) override {
      const std::string octets(65536, 'x');
      for (std::size_t size = octets.size(); size > 0; size /= 2) // until not one more fits
        while (::send(fd, octets.data(), size, MSG_DONTWAIT) > 0) {}
      FakeReceiver::deliver(envelope, message, [&](const mail::Reply& reply) {
        given.push_back(answer(reply));
        return given.back();
      });
    }
  } receiver;
  receiver.fd = server.get();
  auto options = test_options();
  options.timeout = std::chrono::seconds(1);
  const auto start = base::Clock::now();
  CHECK(lmtp::Session(server.get(), server.get(), receiver, options).run() == EX_IOERR);
  CHECK(base::Clock::now() - start < std::chrono::seconds(5)); // once for all that is left, not for each
  REQUIRE(receiver.deliveries.size() == 1);
  CHECK(receiver.given == std::vector<bool>{false, false});
}

TEST_CASE("shutdown waits for the end of a transaction") {
  const auto child = [](int result) { // of its own process: the request is for good
    lmtp::Session::request_shutdown();
    base::write_all(result, talk(whole).replies);
    return 0;
  };
  const auto between = base::Child::spawn(child).finish();
  CHECK(codes(between.output) == "220 421");

  struct Stopping : FakeReceiver {
    mail::Reply recipient(const mail::Envelope& e, const mail::Recipient& r) override {
      lmtp::Session::request_shutdown();
      return FakeReceiver::recipient(e, r);
    }
  };
  auto running = base::Child::spawn([](int result) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return 1;
    base::write_all(ends[1], begin + "DATA\r\nx\r\n.\r\n");
    Stopping receiver;
    const int status = lmtp::Session(ends[0], ends[0], receiver, test_options()).run();
    ::close(ends[0]);
    base::write_all(result, base::read_all(ends[1], 10000));
    return status;
  });
  const auto stopped = running.finish(base::Clock::now() + std::chrono::seconds(20));
  CHECK(stopped.clean());
  CHECK(codes(stopped.output) == "220 250 250 250 354 250 421");
}
