require ["vacation", "fcc"];
vacation :fcc "Replies" "Away";
