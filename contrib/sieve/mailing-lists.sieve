# One folder for each mailing list, made when its first message comes.
require ["fileinto", "mailbox", "variables"];

# List-Id: Sunday walks <walks.lists.example.org> (RFC 2919)
if header :matches "List-Id" "*<*.*>" {
    set :lower "list" "${2}";
    fileinto :create "Lists/${list}";
    stop;
}
# The older habit: Delivered-To or List-Post name the list's address.
if header :matches "List-Post" "<mailto:*@*>" {
    set :lower "list" "${1}";
    fileinto :create "Lists/${list}";
    stop;
}
