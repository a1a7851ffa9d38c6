require ["vacation", "fcc", "mailbox", "imap4flags"];
vacation :create "Away";
vacation :flags "\\Seen" "Away";
