# Made from nested-blocks.rc by procmail2sieve.
require ["copy", "fileinto", "mailbox"];

# line 1: MAILDIR=$HOME/Mail
# line 2: :0
if header :matches "Sender" "owner-walks@lists.example.org*" {  # line 3: * ^Sender: owner-walks@lists\.example\.org
    # line 6: :0 c
    if header :contains "Subject" "meeting" {  # line 7: * ^Subject:.*meeting
        fileinto :copy :create "meetings";  # line 8: meetings
    }
    # line 10: :0
    if header :contains "Subject" ["digest", "summary"] {  # line 11: * ^Subject:.*(digest|summary)
        # line 13: :0
        if size :over 50000 {  # line 14: * > 50000
            fileinto :create "digests/long";  # line 15: digests/long
            stop;
        }
        # line 16: :0
        fileinto :create "digests/short";  # line 17: digests/short
        stop;
    }
    # line 20: :0
    fileinto :create "walks";  # line 21: walks
    stop;
}
