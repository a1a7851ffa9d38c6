require ["ihave"];
fileinto "x";
if ihave "fileinto" { fileinto "y"; }
