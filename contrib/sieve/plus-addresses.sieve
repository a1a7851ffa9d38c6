# anne+shop@example.org goes to the folder "shop" if there is one, else to the inbox.
require ["fileinto", "mailbox", "envelope", "subaddress", "variables"];

if envelope :matches :detail "to" "*" {
    set :lower "detail" "${1}";
    if mailboxexists "${detail}" {
        fileinto "${detail}";
        stop;
    }
}
