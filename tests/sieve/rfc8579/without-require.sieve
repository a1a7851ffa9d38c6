# SPDX-License-Identifier: MIT
require "fileinto";
fileinto :specialuse "\\Junk" "x";
