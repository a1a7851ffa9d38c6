# Files what the spam filter marked. The header is trusted because the MTA removes it from mail that comes from
# outside and rspamd or SpamAssassin sets it anew: see to that first.
require ["fileinto", "mailbox", "imap4flags"];

if anyof (header :is "X-Spam-Flag" "YES",
          header :is "X-Spam" "Yes") {
    # So certain that nobody needs to look: delivered as read. Stars are SpamAssassin's and rspamd's score.
    if header :contains "X-Spam-Level" "***************" {
        addflag "\\Seen";
    }
    fileinto :create "Junk";
    stop;
}
