require ["vacation", "fcc"];
vacation :fcc "Sent" :create "Away";
vacation :fcc "Sent" :flags "x" "Away";
