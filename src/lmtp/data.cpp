// SPDX-License-Identifier: MIT
#include "lmtp/data.h"

#include <utility>

namespace lmtp {

namespace {

constexpr std::string_view final_dot = ".\r\n";

} // namespace

std::size_t LineWriter::take_line_ends() { return std::exchange(line_ends_, 0); }

void LineWriter::put(std::string_view run, std::string& output) {
  if (run.empty()) return;
  output.append(run);
  octets_ += run.size();
  last_ = run.back();
}

void LineWriter::end_line(bool cr, std::string& output) {
  // CR CR LF lies on disk as CR LF: whoever puts CRs back there finds one.
  if (last_ != '\r') ++line_ends_;
  output += '\n';
  octets_ += cr ? 2 : 1;
  last_ = '\n';
}

std::size_t LineWriter::take_line(std::string_view input, std::string& output, bool& ended) {
  ended = false;
  const auto lf = input.find('\n'); // memchr
  std::string_view run = input.substr(0, lf);
  const bool cr = !run.empty() && run.back() == '\r';
  if (cr) run.remove_suffix(1);
  put(run, output);
  if (lf == std::string_view::npos) return run.size();
  end_line(cr, output);
  ended = cr;
  return lf + 1;
}

DataDecoder::Result DataDecoder::decode(std::string_view input, std::string& output) {
  const std::size_t size = input.size();
  while (!input.empty()) {
    if (line_start_ && input.front() == '.') {
      if (input.starts_with(final_dot)) return {size - input.size() + final_dot.size(), true};
      if (final_dot.starts_with(input)) break; // may become the final dot
      input.remove_prefix(1);
      line_start_ = false;
    }
    bool ended = false;
    const std::size_t taken = take_line(input, output, ended);
    if (taken == 0) break;
    line_start_ = ended;
    input.remove_prefix(taken);
  }
  return {size - input.size(), false};
}

void ChunkDecoder::decode(std::string_view input, std::string& output) {
  if (cr_ && !input.empty()) {
    cr_ = false;
    if (input.front() == '\n') {
      end_line(true, output);
      input.remove_prefix(1);
    } else {
      put("\r", output);
    }
  }
  while (!input.empty()) {
    bool ended = false;
    const std::size_t taken = take_line(input, output, ended);
    if (taken == 0) {
      cr_ = true;
      return;
    }
    input.remove_prefix(taken);
  }
}

void ChunkDecoder::finish(std::string& output) {
  if (std::exchange(cr_, false)) put("\r", output);
}

} // namespace lmtp
