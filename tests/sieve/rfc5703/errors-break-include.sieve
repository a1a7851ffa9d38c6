# SPDX-License-Identifier: MIT
require ["foreverypart", "include"];
foreverypart :name "one" { include "break"; }
