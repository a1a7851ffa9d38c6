# Made from variable-in-blocks.rc by procmail2sieve.
require ["fileinto", "mailbox", "variables"];

# line 1: MAILDIR=$HOME/Mail
set "FOLDER" "other";  # line 2: FOLDER=other
# line 4: :0
if header :contains "Subject" "walk" {  # line 5: * ^Subject:.*walk
    set "FOLDER" "walks";  # line 6: FOLDER=walks
}
# line 8: :0 E
elsif header :contains "Subject" "bird" {  # line 9: * ^Subject:.*bird
    set "FOLDER" "birds";  # line 10: FOLDER=birds
}
# line 12: :0
if not string :is "${FOLDER}" "other" {  # line 13: * ! FOLDER ?? ^^other^^
    fileinto :create "lists/${FOLDER}";  # line 14: lists/$FOLDER
    stop;
}
