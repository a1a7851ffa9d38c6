# Made from mh.rc by procmail2sieve.
require ["fileinto", "mailbox"];

# line 1: MAILDIR=$HOME/Mail
# line 3: :0
if header :contains "Subject" "report" {  # line 4: * ^Subject:.*report
    fileinto :create "reports";  # line 5: reports/.
    stop;
}
