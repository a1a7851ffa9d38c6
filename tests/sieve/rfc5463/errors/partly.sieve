require ["ihave"];
if ihave ["fileinto", "frobnicate"] { keep; }
fileinto "x";
