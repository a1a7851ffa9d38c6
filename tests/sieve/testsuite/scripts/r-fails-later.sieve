require ["fileinto", "mailbox", "editheader"];
fileinto :create "Before";
addheader "X-Edited" "yes";
redirect "bob@example.com";
fileinto "Not there";
