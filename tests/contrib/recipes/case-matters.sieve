# Made from case-matters.rc by procmail2sieve.
require ["body", "fileinto", "mailbox", "regex"];

# NOTE line 1: names of fields are compared without regard to case, flag D or not
# line 1: :0 D
if header :contains :comparator "i;octet" "Subject" "URGENT" {  # line 2: * ^Subject:.*URGENT
    fileinto :create "urgent";  # line 3: urgent
    stop;
}
# NOTE line 5: names of fields are compared without regard to case, flag D or not
# line 5: :0 D
if header :regex :comparator "i;octet" "Subject" "[A-Z][A-Z]($|[^a-zA-Z0-9_])" {  # line 6: * ^Subject:.*[A-Z][A-Z]\>
    fileinto :create "loud";  # line 7: loud
    stop;
}
# line 9: :0 BD
if body :raw :regex :comparator "i;octet" "(?m)^Hello" {  # line 10: * ^Hello
    fileinto :create "hello";  # line 11: hello
    stop;
}
