# Made from daemons.rc by procmail2sieve.
require ["envelope", "fileinto", "mailbox", "regex"];

# line 1: :0:
if allof(
    anyof(  # line 2: * ^FROM_DAEMON
        exists "Mailing-List",
        header :contains "Precedence" ["junk", "bulk", "list"],
        header :matches "To" "Multiple recipients of *",
        header :regex ["Resent-From", "Resent-Sender", "From", "Sender", "X-Envelope-From"] "^([^>]*[^(.%@a-z0-9])?(Post(ma?(st(e?r)?|n)|office)|(send)?Mail(er)?|daemon|m(mdf|ajordomo)|n?uucp|LIST(SERV|proc)|NETSERV|o(wner|ps)|r(e(quest|sponse)|oot)|b(ounce|bs\\.smtp)|echo|mirror|s(erv(ices?|er)|mtp(error)?|ystem)|A(dmin(istrator)?|MMGR|utoanswer))(([^).!:a-z0-9][-_a-z0-9]*)?[%@>	 ][^<)]*(\\(.*\\).*)?)?$",
        envelope :regex "from" "^([^>]*[^(.%@a-z0-9])?(Post(ma?(st(e?r)?|n)|office)|(send)?Mail(er)?|daemon|m(mdf|ajordomo)|n?uucp|LIST(SERV|proc)|NETSERV|o(wner|ps)|r(e(quest|sponse)|oot)|b(ounce|bs\\.smtp)|echo|mirror|s(erv(ices?|er)|mtp(error)?|ystem)|A(dmin(istrator)?|MMGR|utoanswer))([^).!:a-z0-9][-_a-z0-9]*)?([%@>	 ][^<)]*(\\(.*\\).*)?)?$",
        envelope :is "from" ""
    ),
    not anyof(  # line 3: * !^FROM_MAILER
        header :regex ["Resent-From", "Resent-Sender", "From", "Sender", "X-Envelope-From"] "^([^>]*[^(.%@a-z0-9])?(Post(ma(st(er)?|n)|office)|(send)?Mail(er)?|daemon|mmdf|n?uucp|ops|r(esponse|oot)|(bbs\\.)?smtp(error)?|s(erv(ices?|er)|ystem)|A(dmin(istrator)?|MMGR))(([^).!:a-z0-9][-_a-z0-9]*)?[%@>	 ][^<)]*(\\(.*\\).*)?)?$",
        envelope :regex "from" "^([^>]*[^(.%@a-z0-9])?(Post(ma(st(er)?|n)|office)|(send)?Mail(er)?|daemon|mmdf|n?uucp|ops|r(esponse|oot)|(bbs\\.)?smtp(error)?|s(erv(ices?|er)|ystem)|A(dmin(istrator)?|MMGR))([^).!:a-z0-9][-_a-z0-9]*)?([%@>	 ][^<)]*(\\(.*\\).*)?)?$",
        envelope :is "from" ""
    )
) {
    fileinto :create "daemons";  # line 4: daemons
    stop;
}
