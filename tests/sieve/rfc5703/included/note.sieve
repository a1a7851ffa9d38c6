require ["include", "variables", "mime"];
global "noted";
if header :mime :matches "X-Note" "*" { set "noted" "${noted}${1}"; }
