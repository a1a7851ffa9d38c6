# Made from copy-and-chain.rc by procmail2sieve.
require ["copy", "envelope", "fileinto", "mailbox"];

# NOTE line 1: `^From' is any field whose name begins so; tested: the envelope's sender, From
# line 1: :0 c
if allof(
    anyof(  # line 2: * ^From.*peter
        envelope :contains "from" "peter",
        header :contains "From" "peter"
    ),
    header :contains "Subject" "compilers"  # line 3: * ^Subject:.*compilers
) {
    redirect :copy "william@example.edu";  # line 4: ! william@example.edu
    # line 6: :0 A
    fileinto :create "petcompil";  # line 7: petcompil
    stop;
}
