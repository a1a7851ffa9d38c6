# Puts mail aside whose attachments are not what they claim to be: a program named invoice.pdf, a web page sent as a
# picture. The message stays whole, so that a mistake costs nothing; a header field tells what was found.
require ["vnd.lastmile.magic", "mime", "foreverypart", "editheader", "variables", "fileinto", "mailbox"];

if disguised {
    foreverypart {
        if allof (disguised :mime, magic :mime :matches "*") {
            set "is" "${1}";
            set "name" "without a name";
            if header :mime :param ["filename", "name"] :matches ["Content-Disposition", "Content-Type"] "*" {
                set "name" "${1}";
            }
            addheader "X-Disguised" "${name} (${is})";
        }
    }
    fileinto :create "Quarantine";
    stop;
}

# Programs that do not even pretend, and shortcuts that start one.
if magic ["application/x-dosexec", "application/vnd.microsoft.portable-executable", "application/x-executable",
          "application/x-pie-executable", "application/x-mach-binary", "application/x-java-applet",
          "application/x-ms-shortcut", "application/x-msi"] {
    fileinto :create "Quarantine";
}
