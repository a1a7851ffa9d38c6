// SPDX-License-Identifier: MIT
#pragma once

#include "delivery/content.h"

namespace delivery {

/// mboxrd: every line of `>*From ` gets one more '>', so that taking one away gives back what came. Changes
/// the content's pieces; where a piece does not end at a line's end it is joined with the next.
void quote_mbox(Content& content);

} // namespace delivery
