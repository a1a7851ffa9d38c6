# Made from error-recovery.rc by procmail2sieve.
require ["fileinto", "mailbox"];

# UNTRANSLATED line 1: the regular expression lacks a parenthesis
#     line 1: :0
#     line 2: * ^Subject:.*(open
#     line 3: open
# line 5: this
# line 5: is
# line 5: nothing
# UNTRANSLATED line 6: flag `z'
#     line 6: :0 z
#     line 7: * ^Subject: z
#     line 8: z
# line 10: :0
if header :matches "Subject" "a*" {  # line 11: * ^Subject: a
    fileinto :create "a";  # line 12: a
    stop;
}
# line 14: never needed, the recipe before has delivered the message:
#     line 14: :0 A
#     line 15: b
# line 17: never needed, no action of a script fails and goes on:
#     line 17: :0 e
#     line 18: c
