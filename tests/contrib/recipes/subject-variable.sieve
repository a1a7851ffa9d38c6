# Made from subject-variable.rc by procmail2sieve.
require ["fileinto", "mailbox", "variables"];

set "SUBJECT" "";  # line 1: SUBJECT=`formail -zxSubject:`
if header :matches "Subject" "*" {
    set "SUBJECT" "${1}";
}
# line 3: :0:
if string :matches "${SUBJECT}" ["re:*", "aw:*"] {  # line 4: * SUBJECT ?? ^(re|aw):
    fileinto :create "answers";  # line 5: answers
    stop;
}
# line 7: :0
if header :matches "Subject" "run*" {  # line 8: * ^Subject: *run
    # UNTRANSLATED line 10: the output of a program
    #     line 10: OUTPUT=`uptime`
    # UNTRANSLATED line 11: $OUTPUT: its assignment has no equivalent
    #     line 11: :0
    #     line 12: * OUTPUT ?? load
    #     line 13: load
}
