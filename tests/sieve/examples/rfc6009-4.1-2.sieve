# SPDX-License-Identifier: MIT
require ["envelope", "envelope-dsn", "relational",
         "comparator-i;ascii-numeric"];
# Check whether only FAILURE notifications were requested
if allof ( envelope "notify" "FAILURE",
           envelope :comparator "i;ascii-numeric"
                    :count "eq" "notify" "1"
         )
{
    # do whatever
}
