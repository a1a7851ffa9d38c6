require ["include", "fileinto"];
fileinto "before";
return;
fileinto "not-reached";
