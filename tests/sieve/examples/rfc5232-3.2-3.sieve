# SPDX-License-Identifier: MIT
require ["imap4flags", "variables"];
addflag "flagvar" "\\Deleted \\Answered";
