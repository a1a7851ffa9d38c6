require ["include", "variables"];
if header :matches "from" "*@*" { set "global.seen" "${2}"; }
