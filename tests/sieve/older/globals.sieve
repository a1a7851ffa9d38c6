require ["include", "variables", "fileinto"];
import "a";
export ["b", "c"];
global "d";
set "global.a" "INBOX";
fileinto "${a}";
