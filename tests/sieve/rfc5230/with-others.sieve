require ["vacation", "fileinto", "mailbox"];
vacation "I am away.";
discard;
keep;
fileinto :create "Away";
redirect "carol@example.net";
