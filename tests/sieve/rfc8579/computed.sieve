# SPDX-License-Identifier: MIT
require ["special-use", "fileinto", "variables"];
set "use" "Junk";
fileinto :specialuse "${use}" "INBOX";
