# SPDX-License-Identifier: MIT
require ["encoded-character", "variables"];
set "dollar" "$";
set "text" "regarding ${dollar}{beep}";
