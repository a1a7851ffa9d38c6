# Made from header-and-body.rc by procmail2sieve.
require ["body", "fileinto", "mailbox", "regex"];

# line 1: :0 HB:
if anyof(  # line 2: * ^(Subject:.*|> *)lunch
    header :contains "Subject" "lunch",
    body :raw :regex "(?m)^(Subject:[^\\r\\n]*|> *)lunch"
) {
    fileinto :create "lunch";  # line 3: lunch
    stop;
}
