# SPDX-License-Identifier: MIT
# vnd.dovecot.report section 5: imapsieve is for IMAP servers.
require ["imapsieve", "environment", "vnd.dovecot.report"];

if allof(
    environment "imap.mailbox" "Spam Report",
    environment "imap.cause" "COPY",
    header "x-spam-status" "not spam") {
    report "abuse" "This spam message slipped through."
    "spam-report@example.org";
}
