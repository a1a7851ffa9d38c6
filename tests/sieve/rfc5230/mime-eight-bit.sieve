require "vacation";
vacation :mime text:
Content-Type: text/plain; name="Grüße"

Away
.
;
