# Made from body-raw.rc by procmail2sieve.
require ["body", "fileinto", "mailbox", "regex"];

# line 1: :0 B
if allof(
    body :raw :regex "(?m)^(click|unsubscribe) here",  # line 2: * ^(click|unsubscribe) here
    not body :raw :regex "(?m)^-- \\r?$"  # line 3: * ! B ?? ^-- $
) {
    fileinto :create "junk";  # line 4: junk
    stop;
}
