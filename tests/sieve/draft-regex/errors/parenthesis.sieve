require ["regex", "variables", "comparator-i;ascii-numeric"];
if header :regex "subject" "(abc" { keep; }
