# SPDX-License-Identifier: MIT
require "replace";
replace :mime "just text";
