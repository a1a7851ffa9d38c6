require ["include", "fileinto"];
include :optional "nothing-of-that-name";
include :global :optional "nothing-of-that-name";
fileinto "after";
