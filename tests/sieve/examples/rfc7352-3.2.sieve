# SPDX-License-Identifier: MIT
require "duplicate";
if duplicate {
  discard;
}
