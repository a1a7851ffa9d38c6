// SPDX-License-Identifier: MIT
// From the octets of DATA and BDAT to the message as it lies on disk: dots removed (RFC 5321 section 4.5.2)
// and line ends turned from CRLF to LF in one pass, whole lines at a time. Only CRLF is a line end here: a CR
// or an LF alone is an octet like any other, so that no client and server can disagree where a message ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lmtp {

/// Puts lines together and counts; what the two decoders share.
class LineWriter {
public:
  /// Octets of the message as the client counts them (RFC 1870 section 5): with CRLF, without the dots that
  /// were added for the transport.
  std::uint64_t octets() const { return octets_; }
  /// LFs written that no CR precedes, since the last call: what base::Spool::add_line_ends wants to know.
  std::size_t take_line_ends();

protected:
  struct Output;
  void end_line(Output& output);
  /// Takes a non-empty `input` up to and with its first LF; when there is none, all but a final CR, which may
  /// be half a line end. Returns how much it took; `ended` is set to whether that was a line ended by CRLF.
  std::size_t take_line(std::string_view input, Output& output, bool& ended);
  /// The string has what was written, and `octets` of the client's are counted.
  void finish(Output& output, std::size_t octets);

private:
  std::uint64_t octets_ = 0;
  std::size_t line_ends_ = 0;
  char last_ = '\0';
};

/// The content of DATA, up to and with CRLF.CRLF.
class DataDecoder : public LineWriter {
public:
  struct Result {
    std::size_t
        consumed; // octets of the input that are dealt with; the others must be there again, with more
    bool end;     // the final dot was consumed: what follows is the next command
  };
  /// Appends to `output` what `input` holds of the message. Leaves at most two octets unconsumed, those that
  /// may be the beginning of a line end or of the final dot.
  Result decode(std::string_view input, std::string& output);

private:
  bool line_start_ = true; // the CRLF of the DATA command counts: ".CRLF" at once is an empty message
};

/// The content of BDAT chunks (RFC 3030), whose ends may fall anywhere, also between CR and LF.
class ChunkDecoder : public LineWriter {
public:
  /// Takes all of `input`.
  void decode(std::string_view input, std::string& output);
  /// After the last chunk: a CR at the very end.
  void finish(std::string& output);

private:
  bool cr_ = false; // a CR was taken and not written
};

} // namespace lmtp
