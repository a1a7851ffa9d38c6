// SPDX-License-Identifier: MIT
// Lines of text with the places at which they may be broken: what does not fit into a line is broken from
// the outside in, each group at all its places or at none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tools {

struct Doc {
  enum class Kind {
    text,        // as it is; may have line ends in it
    space,       // nothing at the begin of a line
    fill,        // a space, or a line end where the next `width` octets do not fit
    line,        // a space, or a line end if the group is broken
    soft,        // nothing, or a line end if the group is broken
    hard,        // a line end
    blank,       // an empty line
    fresh,       // a line end, unless a line has just begun
    break_after, // whatever comes next begins a line
    group,
    indent, // of parts
    parts,
  };
  Kind kind = Kind::parts;
  std::string text = {};
  std::size_t width = 0;
  std::vector<Doc> parts = {};
};

/// The text with `line_end` at each line's end; lines of at most 80 columns where that can be.
std::string lay_out(const Doc& doc, std::string_view line_end);
/// Of one line; nothing that must be broken has one.
constexpr std::size_t endless = static_cast<std::size_t>(-1) / 4;
std::size_t flat_width(const Doc& doc);

} // namespace tools
