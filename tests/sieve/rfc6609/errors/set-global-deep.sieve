require ["include", "variables"];
set "global.data.from" "me@example.com";
