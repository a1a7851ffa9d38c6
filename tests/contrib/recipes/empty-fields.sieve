# Made from empty-fields.rc by procmail2sieve.
require ["fileinto", "mailbox"];

# line 1: :0
if header :is "Subject" "" {  # line 2: * ^Subject: *$
    fileinto :create "no-subject";  # line 3: no-subject
    stop;
}
# line 5: :0
if not exists "Subject" {  # line 6: * ! ^Subject:
    fileinto :create "no-subject";  # line 7: no-subject
    stop;
}
# UNTRANSLATED line 9: no field can match: a blank stands after the colon
#     line 9: :0
#     line 10: * ^Subject:nothing
#     line 11: never
