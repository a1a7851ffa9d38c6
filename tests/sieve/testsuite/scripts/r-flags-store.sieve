require ["fileinto", "imap4flags", "mailbox"];
fileinto :flags "first" "inbox";
fileinto :create "Other";
keep :flags "second";
fileinto :flags "third" "InBox";
