# Made from whole-header.rc by procmail2sieve.
require ["envelope", "fileinto", "mailbox"];

# UNTRANSLATED line 1: a search in the whole header; Sieve tests fields by their names
#     line 1: :0
#     line 2: * owner-walks@lists\.example\.org
#     line 3: walks
# UNTRANSLATED line 5: a search in the whole header; Sieve tests fields by their names
#     line 5: :0
#     line 6: * ^X-.*: spam
#     line 7: spam
# line 9: :0
if header :contains ["Subject", "To"] "walk" {  # line 10: * ^Subject:.*walk|^To:.*walk
    fileinto :create "walks";  # line 11: walks
    stop;
}
# NOTE line 13: `^From' is any field whose name begins so; tested: the envelope's sender, From
# line 13: :0
if anyof(  # line 14: * ^From.*ben@
    envelope :contains "from" "ben@",
    header :contains "From" "ben@"
) {
    fileinto :create "ben";  # line 15: ben
    stop;
}
