# Made from host-ends.rc by procmail2sieve.

# line 1: :0
if header :matches "Subject" "stop here*" {  # line 2: * ^Subject: stop here
    discard;  # line 3: HOST=_stop_processing_
    stop;
}
