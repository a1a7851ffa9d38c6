# Made from several-folders.rc by procmail2sieve.
require ["fileinto", "mailbox"];

# line 1: MAILDIR=$HOME/Mail
# line 2: :0
if header :matches "From" "boss@example.com*" {  # line 3: * ^From: boss@example\.com
    fileinto :create "boss";  # line 4: boss/ archive/2026/
    fileinto :create "archive/2026";  # line 4: boss/ archive/2026/
    stop;
}
