require ["redirect-dsn", "redirect-deliverby", "copy"];
redirect :notify "NEVER" :ret "HDRS" "a@example.net";
redirect :copy :notify "success,Failure,DELAY" :ret "full" "b@example.net";
redirect :bytimerelative 600 :bymode "return" :bytrace "c@example.net";
redirect :bymode "notify" :bytimeabsolute "2001-11-21T10:15:30+01:00" "d@example.net";
