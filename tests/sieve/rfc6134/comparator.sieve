# SPDX-License-Identifier: MIT
require "extlists";
if address :list :comparator "i;octet" "From" "friends" { keep; }
