# SPDX-License-Identifier: MIT
require ["replace", "variables"];
set "from" "nobody at all";
replace :from "${from}" "text";
