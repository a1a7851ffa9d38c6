require ["vacation", "fcc"];
vacation :fcc "" "Away";
