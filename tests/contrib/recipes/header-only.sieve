# Made from header-only.rc by procmail2sieve.

# UNTRANSLATED line 1: an action with the header or the body alone
#     line 1: :0 h
#     line 2: * ^Subject: heads
#     line 3: headers
# line 5: :0 h:
if header :matches "Subject" "nothing*" {  # line 6: * ^Subject: nothing
    discard;  # line 7: /dev/null
    stop;
}
# UNTRANSLATED line 9: an action with the header or the body alone
#     line 9: :0 b
#     line 10: ! body@example.org
