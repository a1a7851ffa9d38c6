# Made from filter-failed.rc by procmail2sieve.
require ["fileinto", "ihave", "mailbox"];

# NOTE line 1: the program spamc has to be in the directory that the setting `programs' names
# line 1: :0 fw
if ihave "vnd.dovecot.filter" {
    if filter "spamc" ["-s", "500000"] {  # line 2: | /usr/bin/spamc -s 500000
    } else {
        # line 4: :0 e
        # line 6: :0
        fileinto :create "unfiltered";  # line 7: unfiltered
        stop;
    }
}
