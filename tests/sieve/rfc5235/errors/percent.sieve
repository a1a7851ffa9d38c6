require "spamtest";
if spamtest :percent "0" { keep; }
