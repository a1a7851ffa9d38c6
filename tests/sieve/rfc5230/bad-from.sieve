require "vacation";
vacation :from "nobody" "Away";
vacation :from "" "Away";
vacation :from "a@example.org, b" "Away";
