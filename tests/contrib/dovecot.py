# SPDX-License-Identifier: MIT
"""Dovecot on the test's mail host, for the tests that read mail or fetch it."""
import imaplib
import os

import mailhost

PASSWORD = "secret"
LOG = "/var/log/dovecot.log"
CONF = """\
protocols = imap{more_protocols}
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
log_path = {log}
auth_mechanisms = plain
mail_location = {location}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = passwd
}}
mail_plugins = $mail_plugins quota
protocol imap {{
  mail_plugins = $mail_plugins imap_quota
}}
plugin {{
  quota = maildir:User quota
  quota_rule = *:storage=1M
  sieve = file:~/sieve;active=~/.dovecot.sieve
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Junk {{
    special_use = \\Junk
  }}
  mailbox Post {{
    special_use = \\Archive
  }}
}}
"""


def start(location):
    for name in ("dovecot", "dovenull"):
        if f"\n{name}:" not in mailhost.read("/etc/passwd"):
            mailhost.service_user(name)
    sieve = " sieve" if os.path.exists("/usr/lib/dovecot/managesieve") else ""
    mailhost.write("/etc/dovecot/dovecot.conf",
                   CONF.format(log=LOG, location=location, password=PASSWORD, more_protocols=sieve))
    mailhost.start("dovecot", "-F")
    mailhost.listening(143)


def imap(user):
    client = imaplib.IMAP4("127.0.0.1", timeout=30)
    client.login(user, PASSWORD)
    return client
