# SPDX-License-Identifier: MIT
# RFC 5490 section 3.3 as printed: no semicolon after the text.
require ["mboxmetadata", "vacation"];

if metadata :is "INBOX"
   "/private/vendor/vendor.isode/auto-replies" "on" {

    vacation text:
I'm away on holidays till March 2009.
Expect a delay.
.
}
