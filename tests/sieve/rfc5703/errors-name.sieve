require ["foreverypart", "variables"];
set "x" "name";
foreverypart :name "${x}" { keep; }
