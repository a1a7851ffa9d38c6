// SPDX-License-Identifier: MIT
#include "lmtp/data.h"

#include <cstring>
#include <utility>

namespace lmtp {

namespace {

constexpr std::string_view final_dot = ".\r\n";

/// What lines of text and of base64 have at most, with their line end.
constexpr std::size_t usual_line = 80;

} // namespace

/// The octets that one call writes behind those that `text` has already.
struct LineWriter::Output {
  /// No input makes more octets than it has, and a CR that was kept.
  Output(std::string& result, std::size_t input_size) : text(result), begin(result.size()) {
    text.resize(begin + input_size + 1 + usual_line);
    at = text.data() + begin;
  }
  std::size_t size() const { return static_cast<std::size_t>(at - text.data()) - begin; }

  std::string& text;
  std::size_t begin;
  char* at;
};

std::size_t LineWriter::take_line_ends() { return std::exchange(line_ends_, 0); }

inline void LineWriter::end_line(Output& output) {
  // CR CR LF lies on disk as CR LF: whoever puts CRs back there finds one.
  if ((output.size() > 0 ? output.at[-1] : last_) != '\r') ++line_ends_;
  *output.at++ = '\n';
}

inline std::size_t LineWriter::take_line(std::string_view input, Output& output, bool& ended) {
  const auto lf = input.find('\n'); // memchr
  const std::size_t run = lf == std::string_view::npos ? input.size() : lf;
  const bool cr = run > 0 && input[run - 1] == '\r';
  // Copies of one size, of which the next line overwrites what is too much, take less time than calls whose
  // branches depend on each line's length.
  if (run <= usual_line && input.size() >= usual_line)
    std::memcpy(output.at, input.data(), usual_line);
  else
    std::memcpy(output.at, input.data(), run);
  output.at += run - (cr ? 1 : 0);
  ended = lf != std::string_view::npos && cr;
  if (lf == std::string_view::npos) return run - (cr ? 1 : 0);
  end_line(output);
  return lf + 1;
}

void LineWriter::finish(Output& output, std::size_t octets) {
  octets_ += octets;
  if (output.size() > 0) last_ = output.at[-1];
  output.text.resize(output.begin + output.size());
}

DataDecoder::Result DataDecoder::decode(std::string_view input, std::string& output) {
  Output lines(output, input.size());
  const std::size_t size = input.size();
  std::size_t dots = 0;
  bool end = false;
  while (!input.empty()) {
    if (line_start_ && input.front() == '.') {
      end = input.starts_with(final_dot);
      if (end || final_dot.starts_with(input)) break; // or may become the final dot
      input.remove_prefix(1);
      line_start_ = false;
      ++dots;
    }
    bool ended = false;
    const std::size_t taken = take_line(input, lines, ended);
    if (taken == 0) break;
    line_start_ = ended;
    input.remove_prefix(taken);
  }
  const std::size_t consumed = size - input.size();
  finish(lines, consumed - dots);
  return {consumed + (end ? final_dot.size() : 0), end};
}

void ChunkDecoder::decode(std::string_view input, std::string& output) {
  if (input.empty()) return;
  Output lines(output, input.size());
  const std::size_t size = input.size();
  const bool kept = std::exchange(cr_, false);
  if (kept && input.front() != '\n') {
    *lines.at++ = '\r';
  } else if (kept) {
    end_line(lines);
    input.remove_prefix(1);
  }
  while (!input.empty()) {
    bool ended = false;
    const std::size_t taken = take_line(input, lines, ended);
    if (taken == 0) break;
    input.remove_prefix(taken);
  }
  cr_ = !input.empty();
  LineWriter::finish(lines, size - (cr_ ? 1 : 0) + (kept ? 1 : 0));
}

void ChunkDecoder::finish(std::string& output) {
  if (!std::exchange(cr_, false)) return;
  Output lines(output, 0);
  *lines.at++ = '\r';
  LineWriter::finish(lines, 1);
}

} // namespace lmtp
