# SPDX-License-Identifier: MIT
require "fileinto";
require "special-use";

fileinto :specialuse "\\Archive" "INBOX/Archive";
