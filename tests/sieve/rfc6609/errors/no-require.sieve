require ["include", "fileinto"];
include "no-require";
