# Made from variables.rc by procmail2sieve.
require ["fileinto", "mailbox", "regex"];

# line 1: MAILDIR=$HOME/Mail
# line 2: ME=alice@example.org
# line 3: LISTS=${LISTS:-lists}
# line 4: FROM_BOSS="^From:.*boss@"
# line 6: :0
if allof(
    header :regex ["Original-Resent-To", "Original-Resent-Cc", "Original-Resent-Bcc", "Original-To", "Original-Cc", "Original-Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc", "To", "Cc", "Bcc", "X-Envelope-To", "Apparently-Resent-To", "Apparently-To"] "(^|[^-a-zA-Z0-9_.])alice@example\\.org",  # line 7: * $ ^TO_$\ME
    header :contains "From" "boss@"  # line 8: * $ ${FROM_BOSS}
) {
    fileinto :create "lists/boss";  # line 9: $LISTS/boss
    stop;
}
