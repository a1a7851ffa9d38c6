require ["vnd.dovecot.duplicate", "fileinto"];
if duplicate :handle "h" :value "an id" :seconds 60 :last { fileinto "INBOX"; }
