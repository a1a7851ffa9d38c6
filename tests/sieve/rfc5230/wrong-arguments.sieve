require "vacation";
vacation;
vacation 3;
vacation ["a", "b"];
vacation :days "7" "Away";
vacation :subject "Away";
vacation :seconds 60 "Away";
vacation :days 1 :days 2 "Away";
vacation :mime "a" "b";
