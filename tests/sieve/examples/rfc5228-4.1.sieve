# SPDX-License-Identifier: MIT
require "fileinto";
if header :contains ["from"] "coyote" {
   fileinto "INBOX.harassment";
}
