# Made from default-and-orgmail.rc by procmail2sieve.
require ["fileinto", "mailbox"];

# line 1: MAILDIR=$HOME/Mail
# line 2: DEFAULT=$MAILDIR/inbox (the inbox: setting `mail')
# line 3: LOGFILE=$MAILDIR/from (not needed)
# line 4: UMASK=077 (not needed)
# line 6: :0:
if header :contains "From" "anne" {  # line 7: * ^From:.*anne
    keep;  # line 8: $DEFAULT
    stop;
}
# line 10: :0:
if header :contains "From" "ben" {  # line 11: * ^From:.*ben
    keep;  # line 12: /var/mail/$LOGNAME
    stop;
}
# line 14: :0:
if header :contains "From" "carl" {  # line 15: * ^From:.*carl
    fileinto :create "people/carl";  # line 16: $HOME/Mail/people/carl
    stop;
}
# UNTRANSLATED line 18: `/srv/shared/dora' lies outside of the user's mail
#     line 18: :0:
#     line 19: * ^From:.*dora
#     line 20: /srv/shared/dora
