# Made from programs.rc by procmail2sieve.
require ["fileinto", "ihave", "mailbox"];

# NOTE line 1: the program subscribe has to be in the directory that the setting `programs' names
# line 1: :0
if header :matches "Subject" "subscribe*" {  # line 2: * ^Subject: subscribe
    if ihave "vnd.dovecot.pipe" {
        pipe "subscribe" ["walks", "alice"];  # line 3: | /usr/local/bin/subscribe walks "$LOGNAME"
        stop;
    }
}
# NOTE line 5: the program is-known-sender has to be in the directory that the setting `programs' names
# line 5: :0
if allof(  # line 6: * ? is-known-sender
    ihave "vnd.dovecot.execute",
    execute :pipe "is-known-sender"
) {
    fileinto :create "known";  # line 7: known
    stop;
}
# UNTRANSLATED line 9: a command for the shell
#     line 9: :0
#     line 10: * ? test -f $HOME/.away && true
#     line 11: away
# UNTRANSLATED line 13: a command for the shell
#     line 13: :0 c
#     line 14: | cat >> all-mail
