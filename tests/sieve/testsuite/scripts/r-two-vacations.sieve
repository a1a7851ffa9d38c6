require ["vacation"];
vacation "away";
vacation :handle "other" "far away";
