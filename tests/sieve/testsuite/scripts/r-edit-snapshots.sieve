require ["fileinto", "mailbox", "editheader", "copy"];
fileinto :copy :create "Snap1";
addheader "X-Edit" "1";
redirect :copy "snap@example.com";
addheader "X-Edit" "2";
fileinto :copy :create "Snap2";
addheader "X-Edit" "3";
