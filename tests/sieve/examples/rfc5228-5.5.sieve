# SPDX-License-Identifier: MIT
if not exists ["From","Date"] {
   discard;
}
