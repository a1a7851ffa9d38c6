require ["regex", "variables", "comparator-i;ascii-numeric"];
if header :regex :contains "subject" "1" { keep; }
