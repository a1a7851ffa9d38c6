# Made from reject.rc by procmail2sieve.
require "ereject";

# line 1: :0
if header :contains "From" "@blocked.example" {  # line 2: * ^From:.*@blocked\.example
    # line 4: EXITCODE=67
    # line 5: :0
    ereject "There is no such user here.";  # line 6: /dev/null
    stop;
}
# line 9: :0
if header :contains "Subject" "later" {  # line 10: * ^Subject:.*later
    # line 12: EXITCODE=75
    # UNTRANSLATED line 13: EXITCODE=75: a script cannot make the mail system try again
    #     line 13: HOST
}
