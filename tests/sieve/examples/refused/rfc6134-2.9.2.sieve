# SPDX-License-Identifier: MIT
# Of the methods of notification only mailto is known here (RFC 5435 section 3.2).
require ["extlists", "date", "enotify"];
if currentdate :list "date"
   "tag:example.com,2011-01-01:localHolidays" {
   notify "xmpp:romeo@im.example.com";
}
