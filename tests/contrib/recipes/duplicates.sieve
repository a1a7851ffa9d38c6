# Made from duplicates.rc by procmail2sieve.
require "duplicate";

# NOTE line 1: `duplicate' remembers for a week, formail up to a size
# line 1: :0 Wh: msgid.lock
if duplicate {  # line 2: | formail -D 8192 msgid.cache
    discard;
    stop;
}
