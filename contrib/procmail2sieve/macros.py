# SPDX-License-Identifier: MIT
"""The abbreviations of procmailrc(5), as its section MISCELLANEOUS spells them out, and names of header fields."""

_TO = "(^((Original-)?(Resent-)?(To|Cc|Bcc)|(X-Envelope|Apparently(-Resent)?)-To):"

# Procmail demands that no line with `>' follows, which no field does; that is left out.
_FROM = ("(((Resent-)?(From|Sender)|X-Envelope-From):|From )([^>]*[^(.%@a-z0-9])?"
         "({words})(([^).!:a-z0-9][-_a-z0-9]*)?[%@>\t ][^<)]*(\\(.*\\).*)?)?$")
_DAEMON = ("Post(ma?(st(e?r)?|n)|office)|(send)?Mail(er)?|daemon|m(mdf|ajordomo)|n?uucp|LIST(SERV|proc)|NETSERV"
           "|o(wner|ps)|r(e(quest|sponse)|oot)|b(ounce|bs\\.smtp)|echo|mirror|s(erv(ices?|er)|mtp(error)?|ystem)"
           "|A(dmin(istrator)?|MMGR|utoanswer)")
_MAILER = ("Post(ma(st(er)?|n)|office)|(send)?Mail(er)?|daemon|mmdf|n?uucp|ops|r(esponse|oot)"
           "|(bbs\\.)?smtp(error)?|s(erv(ices?|er)|ystem)|A(dmin(istrator)?|MMGR)")

MACROS = [
    ("^TO_", _TO + "(.*[^-a-zA-Z0-9_.])?)"),
    ("^TO", _TO + "(.*[^a-zA-Z])?)"),
    ("^FROM_DAEMON", "(^(Mailing-List:|Precedence:.*(junk|bulk|list)|To: Multiple recipients of |"
     + _FROM.format(words=_DAEMON) + "))"),
    ("^FROM_MAILER", "(^(" + _FROM.format(words=_MAILER) + "))"),
]

# Registered fields and others in wide use: an expression such as `^From.*' says only how the name begins.
FIELDS = """
Apparently-To Approved Archived-At ARC-Authentication-Results ARC-Message-Signature ARC-Seal Authentication-Results
Auto-Submitted Bcc Cc Comments Content-Description Content-Disposition Content-ID Content-Language Content-Length
Content-Transfer-Encoding Content-Type Date Delivered-To DKIM-Signature Disposition-Notification-To Envelope-To
Errors-To Feedback-ID From Importance In-Reply-To Keywords Lines List-Archive List-Help List-Id List-Owner List-Post
List-Subscribe List-Unsubscribe List-Unsubscribe-Post Mail-Followup-To Mailing-List Message-ID MIME-Version Newsgroups
Organization Original-To Precedence Priority Received Received-SPF References Reply-To Resent-Bcc Resent-Cc Resent-Date
Resent-From Resent-Message-ID Resent-Reply-To Resent-Sender Resent-To Return-Path Return-Receipt-To Sender Sensitivity
Status Subject Thread-Index Thread-Topic To User-Agent X-BeenThere X-Envelope-From X-Envelope-To X-Loop X-Mailer
X-Mailing-List X-Original-To X-Priority X-Sender X-Spam-Checker-Version X-Spam-Flag X-Spam-Level X-Spam-Report
X-Spam-Score X-Spam-Status X-Virus-Scanned X-Virus-Status
""".split()


def begins_with(prefix):
    """The fields that a prefix can mean: none unless it is the whole name of one."""
    prefix = prefix.lower()
    names = [name for name in FIELDS if name.lower().startswith(prefix)]
    return names if any(name.lower() == prefix for name in names) else []
