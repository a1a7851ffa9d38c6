# SPDX-License-Identifier: MIT
require ["envelope", "envelope-dsn"];
# See if the orcpt is an RFC822 address in the example.com
# domain
if envelope :matches "orcpt" "rfc822;*@example.com"
{
    # do whatever
}
