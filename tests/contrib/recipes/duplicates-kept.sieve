# Made from duplicates-kept.rc by procmail2sieve.
require ["duplicate", "fileinto", "mailbox"];

# NOTE line 1: `duplicate' remembers for a week, formail up to a size
# line 1: :0 Whc: msgid.lock
if duplicate {  # line 2: | formail -D 8192 msgid.cache
    # line 4: :0 a:
    fileinto :create "duplicates";  # line 5: duplicates
    stop;
}
