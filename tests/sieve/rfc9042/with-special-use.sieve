# SPDX-License-Identifier: MIT
require ["mailboxid", "special-use", "fileinto"];
fileinto :mailboxid "x" :specialuse "\\Junk" "x";
