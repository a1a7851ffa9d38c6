# Made from formail-fields.rc by procmail2sieve.
require "editheader";

# line 1: :0 fhw
if header :contains "Subject" "[walks]" {  # line 2: * ^Subject:.*\[walks\]
    addheader :last "X-List" "walks";  # line 3: | formail -A "X-List: walks" -I"Reply-To: walks@lists.example.org" -I "Errors-To:"
    deleteheader "Reply-To";  # line 3: | formail -A "X-List: walks" -I"Reply-To: walks@lists.example.org" -I "Errors-To:"
    addheader :last "Reply-To" "walks@lists.example.org";  # line 3: | formail -A "X-List: walks" -I"Reply-To: walks@lists.example.org" -I "Errors-To:"
    deleteheader "Errors-To";  # line 3: | formail -A "X-List: walks" -I"Reply-To: walks@lists.example.org" -I "Errors-To:"
}
# line 5: :0 fhw
if not exists "Organization" {
    addheader :last "Organization" "none";  # line 6: | formail -a 'Organization: none'
}
# UNTRANSLATED line 8: formail -i
#     line 8: :0 fhw
#     line 9: | formail -i "To: me@example.org"
