require ["imapflags", "fileinto"];
setflag ["\\Seen", "\\Flagged"];
unmark;
addflag "$Later";
removeflag "\\SEEN";
fileinto "INBOX";
