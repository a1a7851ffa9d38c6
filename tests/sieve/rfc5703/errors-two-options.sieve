# SPDX-License-Identifier: MIT
require "mime";
if header :mime :type :subtype "Content-Type" "x" { keep; }
if header :mime :param "name" :contenttype "Content-Type" "x" { keep; }
