# SPDX-License-Identifier: MIT
require "mime";
if header :anychild "Subject" "x" { keep; }
if address :anychild "From" "x" { keep; }
if exists :anychild "From" { keep; }
if header :anychild :type "From" "x" { keep; }
