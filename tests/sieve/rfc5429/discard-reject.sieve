require "reject";
discard;
reject "a";
