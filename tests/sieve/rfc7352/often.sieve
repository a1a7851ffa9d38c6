require "duplicate";
if anyof(duplicate, duplicate :seconds 60, duplicate :last, duplicate :header "message-id") { discard; }
