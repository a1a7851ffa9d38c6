# SPDX-License-Identifier: MIT
require "mime";
if header :type "Content-Type" "x" { keep; }
if header :subtype "Content-Type" "x" { keep; }
if header :contenttype "Content-Type" "x" { keep; }
if header :param "name" "Content-Type" "x" { keep; }
