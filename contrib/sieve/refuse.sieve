# Refuses senders and large mail while the sender's server is still there: no bounce is made here.
require ["envelope", "reject", "ereject"];

if envelope :domain :is "from" "marketing.example.com" {
    ereject "This address does not take advertising.";
    stop;
}
if size :over 20M {
    reject text:
Your message is larger than 20 megabytes.
Please put the files somewhere and send me the address.
.
;
}
