require ["reject", "fileinto"];
reject "a";
fileinto "INBOX.x";
