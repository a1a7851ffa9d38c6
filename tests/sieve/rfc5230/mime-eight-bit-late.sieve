require ["vacation", "variables"];
set "name" "Grüße";
vacation :mime text:
Content-Type: text/plain; name="${name}"

Away
.
;
