require ["include", "variables", "fileinto"];
fileinto "${global.data.from}";
