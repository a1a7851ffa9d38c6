require ["include", "fileinto"];
include "discard";
include "file";
