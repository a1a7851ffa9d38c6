require "reject";
ereject "a";
