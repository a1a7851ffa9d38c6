require ["vacation", "reject"];
reject "No.";
vacation "I am away.";
