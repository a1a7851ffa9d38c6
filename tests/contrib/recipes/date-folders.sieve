# Made from date-folders.rc by procmail2sieve.
require ["copy", "date", "fileinto", "mailbox", "variables"];

# line 1: MAILDIR=$HOME/Mail
set "MONTH" "";  # line 2: MONTH=`date +%Y-%m`
if currentdate :matches "year" "*" {
    set "MONTH" "${MONTH}${1}";
}
set "MONTH" "${MONTH}-";
if currentdate :matches "month" "*" {
    set "MONTH" "${MONTH}${1}";
}
# line 4: :0 c:
fileinto :copy :create "archive/${MONTH}";  # line 5: archive/$MONTH
