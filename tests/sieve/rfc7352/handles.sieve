require "duplicate";
if anyof(duplicate, duplicate :handle "a", duplicate :handle "b", duplicate :handle "a") { discard; }
