# SPDX-License-Identifier: MIT
require ["environment"];
if environment :matches "remote-host" "*.example.com" { keep; }
