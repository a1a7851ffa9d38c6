require ["include", "fileinto"];
include "stop";
fileinto "not-reached";
