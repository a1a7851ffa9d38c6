# SPDX-License-Identifier: MIT
require "vacation";
