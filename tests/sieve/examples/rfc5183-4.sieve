# SPDX-License-Identifier: MIT
require ["environment"];
if environment :contains "item" "" { keep; }
