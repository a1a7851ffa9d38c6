require ["regex", "variables", "comparator-i;ascii-numeric"];
set :quoteregex :quotewildcard "a" "b";
