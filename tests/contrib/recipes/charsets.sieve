# Made from charsets.rc by procmail2sieve.
require ["fileinto", "mailbox"];

# UNTRANSLATED line 1: an encoded word as it is written; Sieve decodes the header
#     line 1: :0
#     line 2: * ^Subject:.*=\?(gb2312|big5|euc-kr)\?
#     line 3: /dev/null
# NOTE line 5: letters beyond ASCII are compared with the decoded header, not with what the message holds
# line 5: :0
if header :contains "Subject" "grüße" {  # line 6: * ^Subject:.*grüße
    fileinto :create "greetings";  # line 7: greetings
    stop;
}
# line 9: :0
if header :contains "Content-Type" ["charset=\"gb2312", "charset=\"big5", "charset=gb2312", "charset=big5"] {  # line 10: * ^Content-Type:.*charset="?(gb2312|big5)
    discard;  # line 11: /dev/null
    stop;
}
