require ["enotify", "fileinto", "variables", "envelope"];

if header :contains "from" "boss@example.org" {
    notify :importance "1"
        :message "This is probably very important"
                    "mailto:alm@example.com";
    # Don't send any further notifications
    stop;
}

if header :contains "to" "sievemailinglist@example.org" {
    if header :matches "Subject" "*" {
        set "subject" "${1}";
    }
    if header :matches "From" "*" {
        set "from" "${1}";
    }
    notify :importance "3"
        :message "[SIEVE] ${from}: ${subject}"
        "mailto:alm@example.com";
    fileinto "INBOX.sieve";
}

if header :matches "from" "*@*.example.org" {
    if envelope :all :matches "from" "*" {
        set "env_from" " [really: ${1}]";
    }
    if address :matches :all "from" "*" {
        set "from_addr" "${1}";
    }
    notify :message "${from_addr}${env_from}: ${subject}" "mailto:alm@example.com";
}

set "notif_method" "xmpp:tim@example.com?message;subject=SIEVE;body=You%20got%20mail";
if header :contains "subject" "Your dog" {
    set "notif_method" "tel:+14085551212";
}
if header :contains "to" "sievemailinglist@example.org" {
    set "notif_method" "";
}
if not string :is "${notif_method}" "" {
    notify "${notif_method}";
}
if header :contains "from" "boss@example.org" {
    if not header :contains "subject" "FYI:" {
        set "notif_method" "tel:+14085551212";
        if valid_notify_method "${notif_method}" {
            notify :importance "1" :message "BOSS: ${subject}" "${notif_method}";
        }
    }
}

if not valid_notify_method ["mailto:", "http://gw.example.net/notify?test"] {
    stop;
}

set "xmpp" "xmpp:tim@example.com?message;subject=SIEVE";
set "tel" "tel:+14085551212";
if notify_method_capability "${xmpp}" "Online" "yes" {
    notify :importance "1" :message "You got mail" "${xmpp}";
} else {
    notify :message "You got mail" "${tel}";
}

set :encodeurl "body_param" "Safe body&evil=evilbody";
notify "mailto:tim@example.com?body=${body_param}";
