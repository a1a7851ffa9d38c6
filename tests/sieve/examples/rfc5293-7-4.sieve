# SPDX-License-Identifier: MIT
require ["editheader"];
keep;
addheader "X-Flavor" "vanilla";
keep;
