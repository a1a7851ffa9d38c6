require ["vacation"];
vacation :fcc "Sent" "Away";
