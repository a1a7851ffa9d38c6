# Made from to-macro.rc by procmail2sieve.
require ["fileinto", "mailbox", "regex"];

# line 1: :0:
if header :regex ["Original-Resent-To", "Original-Resent-Cc", "Original-Resent-Bcc", "Original-To", "Original-Cc", "Original-Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc", "To", "Cc", "Bcc", "X-Envelope-To", "Apparently-Resent-To", "Apparently-To"] "(^|[^-a-zA-Z0-9_.])walks@lists\\.example\\.org" {  # line 2: * ^TO_walks@lists\.example\.org
    fileinto :create "lists/walks";  # line 3: lists/walks
    stop;
}
# line 5: :0:
if header :regex ["Original-Resent-To", "Original-Resent-Cc", "Original-Resent-Bcc", "Original-To", "Original-Cc", "Original-Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc", "To", "Cc", "Bcc", "X-Envelope-To", "Apparently-Resent-To", "Apparently-To"] "(^|[^a-zA-Z])birds" {  # line 6: * ^TObirds
    fileinto :create "lists/birds";  # line 7: lists/birds
    stop;
}
