# Made from score-majority.rc by procmail2sieve.
require ["fileinto", "mailbox"];

# line 1: :0
if anyof(  # line 2: * -100^0; line 3: * 60^0 ^Subject:.*free; line 4: * 60^0 ^Subject:.*!!!; line 5: * 30^0 ! ^To:; line 6: * 20^0 ^X-Mailer: Bulk
    allof(
        header :contains "Subject" "free",
        header :contains "Subject" "!!!"
    ),
    allof(
        header :contains "Subject" "free",
        not exists "To",
        header :matches "X-Mailer" "Bulk*"
    ),
    allof(
        header :contains "Subject" "!!!",
        not exists "To",
        header :matches "X-Mailer" "Bulk*"
    )
) {
    fileinto :create "junk";  # line 7: junk
    stop;
}
