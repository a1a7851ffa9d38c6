require ["ihave"];
keep;
if not ihave "fileinto" { error "no fileinto"; }
