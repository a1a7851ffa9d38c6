# Made from dovecot-deliver.rc by procmail2sieve.
require ["fileinto", "mailbox"];

# line 1: DELIVER=/usr/lib/dovecot/deliver
# line 3: :0 w
if header :matches "X-Spam-Flag" "YES*" {  # line 4: * ^X-Spam-Flag: YES
    fileinto :create "Junk";  # line 5: | $DELIVER -m Junk
    stop;
}
# line 7: :0 w
keep;  # line 8: | $DELIVER
stop;
