# The script of "make demo": a folder for each mailing list, one for bills, one for a friend.
require ["fileinto", "mailbox", "envelope", "subaddress", "variables", "imap4flags"];

# Lists: the folder is named as the list names itself (RFC 2919), walks.lists.example.org becomes Lists/walks.
if header :matches "List-Id" "*<*.*>" {
    set :lower "list" "${2}";
    fileinto :create "Lists/${list}";
    stop;
}

# What came to anne+orders@ and has an attachment is a bill: flagged, so that it is seen and paid.
if allof (envelope :detail "to" "orders",
          header :contains "Content-Type" "multipart/mixed") {
    fileinto :create :flags "\\Flagged" "Bills";
    stop;
}

# An address and a folder outside ASCII.
if address :is "From" "zoë@example.org" {
    fileinto :create "Freunde/Zoë";
    stop;
}

# Everything else stays in the inbox: the implicit keep.
