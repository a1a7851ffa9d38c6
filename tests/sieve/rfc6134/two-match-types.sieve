# SPDX-License-Identifier: MIT
require "extlists";
if address :list :is "From" "friends" { keep; }
