redirect :notify "NEVER" "a@example.net";
redirect :bytrace "a@example.net";
