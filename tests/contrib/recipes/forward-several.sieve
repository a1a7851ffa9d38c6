# Made from forward-several.rc by procmail2sieve.

# line 1: :0
if header :contains "Subject" "[team]" {  # line 2: * ^Subject:.*\[team\]
    redirect "anne@example.org";  # line 3: ! anne@example.org, ben@example.org
    redirect "ben@example.org";  # line 3: ! anne@example.org, ben@example.org
    stop;
}
