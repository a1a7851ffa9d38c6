require "replace";
replace :mime :subject "x" "Content-Type: text/plain\r\n\r\nText";
replace :from "a@example.org" :mime "Content-Type: text/plain\r\n\r\nText";
