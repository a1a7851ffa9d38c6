# Made from score-counts.rc by procmail2sieve.
require ["fileinto", "mailbox"];

# UNTRANSLATED line 2: a score that counts how often an expression matches
#     line 2: :0 B
#     line 3: * -150^0
#     line 4: * 1^1 ^.*$
#     line 5: /dev/null
# line 7: :0
if header :matches "Subject" "short*" {  # line 8: * ^Subject: short
    fileinto :create "short";  # line 9: short
    stop;
}
