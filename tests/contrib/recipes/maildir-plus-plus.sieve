# Made from maildir-plus-plus.rc by procmail2sieve.
require ["fileinto", "mailbox"];

# line 1: MAILDIR=$HOME/Maildir
# line 2: DEFAULT=$MAILDIR/ (the inbox: setting `mail')
# line 4: :0
if header :contains "List-Id" "<walks.lists.example.org>" {  # line 5: * ^List-Id:.*<walks\.lists\.example\.org>
    fileinto :create "Lists/walks";  # line 6: .Lists.walks/
    stop;
}
