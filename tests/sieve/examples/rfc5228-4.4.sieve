# SPDX-License-Identifier: MIT
if header :contains ["from"] ["idiot@example.com"] {
   discard;
}
