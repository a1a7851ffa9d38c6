# SPDX-License-Identifier: MIT
require ["special-use", "fileinto"];
if specialuse_exists "Junk" { keep; }
if specialuse_exists "INBOX" ["\\Junk", ""] { keep; }
fileinto :specialuse "\\a b" "x";
fileinto :specialuse "\\" "x";
