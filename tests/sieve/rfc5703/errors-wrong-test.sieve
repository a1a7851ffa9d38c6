# SPDX-License-Identifier: MIT
require "mime";
if address :mime :type "From" "x" { keep; }
