require ["regex", "variables"];
set "pattern" "(unclosed";
if header :regex "subject" ["${pattern}", "frop"] { keep; }
