# Made from else-chain.rc by procmail2sieve.
require ["fileinto", "mailbox"];

# line 1: :0
if header :matches "X-Spam-Level" "\\*\\*\\*\\*\\*\\*\\*\\**" {  # line 2: * ^X-Spam-Level: \*\*\*\*\*\*\*\*
    discard;  # line 3: /dev/null
    stop;
}
# line 5: :0 E
elsif header :matches "X-Spam-Level" "\\*\\*\\*\\*\\**" {  # line 6: * ^X-Spam-Level: \*\*\*\*\*
    fileinto :create "junk";  # line 7: junk/
    stop;
}
# line 9: :0 E
elsif header :matches "X-Spam-Flag" "YES*" {  # line 10: * ^X-Spam-Flag: YES
    fileinto :create "maybe";  # line 11: maybe/
    stop;
}
