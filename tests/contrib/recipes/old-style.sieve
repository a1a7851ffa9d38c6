# Made from old-style.rc by procmail2sieve.
require ["fileinto", "mailbox"];

# line 1: :2:
if allof(
    header :contains "From" "anne",  # line 2: * ^From:.*anne
    header :contains "Subject" "walk"  # line 3: * ^Subject:.*walk
) {
    fileinto :create "walks";  # line 4: walks
    stop;
}
# line 6: :
if header :contains "Subject" "bird" {  # line 7: * ^Subject:.*bird
    fileinto :create "birds";  # line 8: birds
    stop;
}
# line 10: :0:
if header :contains "Subject" "a very long subject" {  # line 11: * ^Subject:.*a very long subject
    fileinto :create "long";  # line 13: long
    stop;
}
