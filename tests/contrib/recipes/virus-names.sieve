# Made from virus-names.rc by procmail2sieve.
require ["body", "fileinto", "mailbox", "regex"];

# line 1: :0 B
if body :raw :regex "(?m)^Content-(Type|Disposition):[^\\r\\n]*name=\"?[^\"\\r\\n]*\\.(exe|scr|pif|com|bat)" {  # line 2: * ^Content-(Type|Disposition):.*name="?[^"]*\.(exe|scr|pif|com|bat)"?
    fileinto :create "quarantine";  # line 3: quarantine
    stop;
}
