# SPDX-License-Identifier: MIT
require "vnd.lastmile.magic";
if magic :anychild "x" { keep; }
if disguised :anychild { keep; }
if magic :extension :description "x" { keep; }
if disguised "x" { keep; }
if magic { keep; }
