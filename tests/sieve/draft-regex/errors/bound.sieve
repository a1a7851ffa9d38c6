require ["regex", "variables", "comparator-i;ascii-numeric"];
if header :regex "subject" "a{3,1}" { keep; }
