# Made from spamassassin.rc by procmail2sieve.
require ["fileinto", "ihave", "mailbox"];

# NOTE line 1: the program spamassassin has to be in the directory that the setting `programs' names
# line 1: :0fw: spamassassin.lock
if size :under 250K {  # line 2: * < 256000
    if ihave "vnd.dovecot.filter" {
        filter "spamassassin";  # line 3: | spamassassin
    }
}
# line 5: :0:
if header :matches "X-Spam-Level" "\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\**" {  # line 6: * ^X-Spam-Level: \*\*\*\*\*\*\*\*\*\*\*\*\*\*\*
    fileinto :create "almost-certainly-spam";  # line 7: almost-certainly-spam
    stop;
}
# line 9: :0:
if header :matches "X-Spam-Status" "Yes*" {  # line 10: * ^X-Spam-Status: Yes
    fileinto :create "probably-spam";  # line 11: probably-spam
    stop;
}
# UNTRANSLATED line 14: a search in the whole header; Sieve tests fields by their names
#     line 14: :0
#     line 15: * ^^rom[ ]
#     line 16: {
#     line 17: LOG="*** Dropped F off From_ header! Fixing up. "
#     line 19: :0 fhw
#     line 20: | sed -e '1s/^/F/'
#     line 21: }
