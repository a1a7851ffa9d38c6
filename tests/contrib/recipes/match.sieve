# Made from match.rc by procmail2sieve.
require ["fileinto", "mailbox", "regex", "variables"];

# line 1: MAILDIR=$HOME/Maildir
# line 3: :0
if header :regex "List-Id" "<([^.>]+)" {  # line 4: * ^List-Id:.*<\/[^.>]+
    set "MATCH" "${1}";
    fileinto :create "Lists/${MATCH}";  # line 5: .Lists.$MATCH/
    stop;
}
# line 7: :0
if header :regex ["To", "Cc"] "alice\\+([a-z]+)" {  # line 8: * ^(To|Cc):.*alice\+\/[a-z]+
    set "MATCH" "${1}";
    fileinto :create "Plus/${MATCH}";  # line 9: .Plus.$MATCH/
    stop;
}
