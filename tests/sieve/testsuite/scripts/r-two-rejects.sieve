require ["reject", "ereject"];
reject "no";
ereject "never";
