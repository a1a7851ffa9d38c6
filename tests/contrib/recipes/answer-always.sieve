# Made from answer-always.rc by procmail2sieve.
require ["envelope", "regex", "vacation", "vacation-seconds"];

# NOTE line 1: vacation answers only mail that names the user in To or Cc; other addresses want :addresses
# line 1: :0 h c
if allof(
    header :matches "Subject" "send info*",  # line 2: * ^Subject: *send info
    not anyof(  # line 3: * !^FROM_DAEMON
        exists "Mailing-List",
        header :contains "Precedence" ["junk", "bulk", "list"],
        header :matches "To" "Multiple recipients of *",
        header :regex ["Resent-From", "Resent-Sender", "From", "Sender", "X-Envelope-From"] "^([^>]*[^(.%@a-z0-9])?(Post(ma?(st(e?r)?|n)|office)|(send)?Mail(er)?|daemon|m(mdf|ajordomo)|n?uucp|LIST(SERV|proc)|NETSERV|o(wner|ps)|r(e(quest|sponse)|oot)|b(ounce|bs\\.smtp)|echo|mirror|s(erv(ices?|er)|mtp(error)?|ystem)|A(dmin(istrator)?|MMGR|utoanswer))(([^).!:a-z0-9][-_a-z0-9]*)?[%@>	 ][^<)]*(\\(.*\\).*)?)?$",
        envelope :regex "from" "^([^>]*[^(.%@a-z0-9])?(Post(ma?(st(e?r)?|n)|office)|(send)?Mail(er)?|daemon|m(mdf|ajordomo)|n?uucp|LIST(SERV|proc)|NETSERV|o(wner|ps)|r(e(quest|sponse)|oot)|b(ounce|bs\\.smtp)|echo|mirror|s(erv(ices?|er)|mtp(error)?|ystem)|A(dmin(istrator)?|MMGR|utoanswer))([^).!:a-z0-9][-_a-z0-9]*)?([%@>	 ][^<)]*(\\(.*\\).*)?)?$",
        envelope :is "from" ""
    ),
    not header :matches "X-Loop" "alice@example.org*"  # line 4: * !^X-Loop: alice@example\.org
) {
    vacation :seconds 0 :subject "The info" "Here it is.";  # line 5: | (formail -r -I"Precedence: junk" -I"Subject: The info" -A"X-Loop: alice@example.org" ; echo "Here it is.") | $SENDMAIL -t
}
