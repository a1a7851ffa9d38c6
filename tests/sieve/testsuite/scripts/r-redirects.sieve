redirect "Bob@Example.com";
redirect "Bob@example.COM";
redirect "bob@example.com";
