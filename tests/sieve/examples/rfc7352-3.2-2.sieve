# SPDX-License-Identifier: MIT
require "duplicate";
if duplicate :header "message-id" {
  discard;
}
