# SPDX-License-Identifier: MIT
require ["envelope", "envelope-deliverby", "relational", "date",
         "variables"];
# Check to see if this message didn't make it in the time allotted by
# the originator.
if currentdate :matches "iso8601" "*" {
    set "cdate" "${0}";
    if envelope :value "ge" "bytimeabsolute" "${cdate}" {
        # do whatever
    }
}
