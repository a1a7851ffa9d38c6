require ["variables", "fileinto", "mailbox", "include"];
global "shared";
if not string "${own}${shared}" "" { discard; }
set "own" "x";
set "shared" "y";
