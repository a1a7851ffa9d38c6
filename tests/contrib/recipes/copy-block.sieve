# Made from copy-block.rc by procmail2sieve.
require ["copy", "fileinto", "mailbox"];

# line 1: MAILDIR=$HOME/Mail
# line 2: :0 c
if header :contains "From" "boss@" {  # line 3: * ^From:.*boss@
    # line 5: :0
    if header :contains "Subject" "urgent" {  # line 6: * ^Subject:.*urgent
        redirect :copy "15550100@sms.example";  # line 7: ! 15550100@sms.example
    } else {
        # line 8: :0
        fileinto :copy :create "boss-copies";  # line 9: boss-copies
    }
}
# UNTRANSLATED line 12: a copy that goes on after its block
#     line 12: :0 c
#     line 13: * ^From:.*anne@
#     line 14: {
#     line 15: :0
#     line 16: * ^Subject:.*urgent
#     line 17: ! 15550100@sms.example
#     line 18: }
