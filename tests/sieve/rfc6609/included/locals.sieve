require ["include", "variables", "fileinto"];
if not string "${local}" "" { fileinto "sees-local"; }
set "local" "inner";
