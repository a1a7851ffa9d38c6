require "reject";
reject "no";
redirect "bob@example.com";
