require "duplicate";
if allof(header :is "subject" "another", duplicate) { discard; }
