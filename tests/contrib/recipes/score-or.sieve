# Made from score-or.rc by procmail2sieve.
require ["body", "fileinto", "mailbox"];

# line 1: :0
if anyof(  # line 2: * 1^0 ^Subject:.*viagra; line 3: * 1^0 ^From:.*@spam\.example; line 4: * 1^0 B ?? act now
    header :contains "Subject" "viagra",
    header :contains "From" "@spam.example",
    body :raw :contains "act now"
) {
    fileinto :create "junk";  # line 5: junk
    stop;
}
