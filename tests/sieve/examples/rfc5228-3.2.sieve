# SPDX-License-Identifier: MIT
require ["fileinto", "reject"];

require "fileinto";
require "vacation";
