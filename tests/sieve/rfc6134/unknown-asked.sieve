# SPDX-License-Identifier: MIT
require "extlists";
if address :list "From" "enemies" { discard; }
