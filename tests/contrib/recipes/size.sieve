# Made from size.rc by procmail2sieve.
require ["fileinto", "mailbox"];

# line 1: :0
if allof(
    size :over 1024K,  # line 2: * > 1048576
    not size :under 2000000  # line 3: * ! < 2000000
) {
    fileinto :create "large";  # line 4: large
    stop;
}
