require "reject";
reject;
reject ["a"];
reject "a" "b";
reject :copy "a";
