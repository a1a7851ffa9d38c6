# SPDX-License-Identifier: MIT
require ["copy", "redirect-dsn"];
# Make a private copy of messages from user@example.com
if address "from" "user@example.com"
{
    redirect :copy :notify "NEVER" "elsewhere@example.com";
}
