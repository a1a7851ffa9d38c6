# Made from vacation.rc by procmail2sieve.
require ["envelope", "regex", "vacation"];

# line 1: SHELL=/bin/sh (not needed)
# NOTE line 3: vacation answers only mail that names the user in To or Cc; other addresses want :addresses
# line 3: :0 Whc: vacation.lock; line 9: | formail -rD 8192 vacation.cache; line 11: :0 ehc
if allof(
    header :regex "To" "(^|[^a-zA-Z0-9_])alice($|[^a-zA-Z0-9_])",  # line 5: * $^To:.*\<$\LOGNAME\>
    not anyof(  # line 7: * !^FROM_DAEMON
        exists "Mailing-List",
        header :contains "Precedence" ["junk", "bulk", "list"],
        header :matches "To" "Multiple recipients of *",
        header :regex ["Resent-From", "Resent-Sender", "From", "Sender", "X-Envelope-From"] "^([^>]*[^(.%@a-z0-9])?(Post(ma?(st(e?r)?|n)|office)|(send)?Mail(er)?|daemon|m(mdf|ajordomo)|n?uucp|LIST(SERV|proc)|NETSERV|o(wner|ps)|r(e(quest|sponse)|oot)|b(ounce|bs\\.smtp)|echo|mirror|s(erv(ices?|er)|mtp(error)?|ystem)|A(dmin(istrator)?|MMGR|utoanswer))(([^).!:a-z0-9][-_a-z0-9]*)?[%@>	 ][^<)]*(\\(.*\\).*)?)?$",
        envelope :regex "from" "^([^>]*[^(.%@a-z0-9])?(Post(ma?(st(e?r)?|n)|office)|(send)?Mail(er)?|daemon|m(mdf|ajordomo)|n?uucp|LIST(SERV|proc)|NETSERV|o(wner|ps)|r(e(quest|sponse)|oot)|b(ounce|bs\\.smtp)|echo|mirror|s(erv(ices?|er)|mtp(error)?|ystem)|A(dmin(istrator)?|MMGR|utoanswer))([^).!:a-z0-9][-_a-z0-9]*)?([%@>	 ][^<)]*(\\(.*\\).*)?)?$",
        envelope :is "from" ""
    ),
    not header :matches "X-Loop" "alice@example.org*"  # line 8: * !^X-Loop: alice@example\.org
) {
    vacation :days 7 "I received your mail,
but I won't be back until Monday.
-- ";  # line 12: | (formail -rI"Precedence: junk" -A"X-Loop: alice@example.org" ; echo "I received your mail,"; echo "but I won't be back until Monday."; echo "-- " ) | $SENDMAIL -oi -t
}
