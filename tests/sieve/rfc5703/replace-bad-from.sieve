# SPDX-License-Identifier: MIT
require "replace";
replace :from "nobody" "text";
