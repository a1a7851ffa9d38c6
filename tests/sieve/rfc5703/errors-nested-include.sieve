# SPDX-License-Identifier: MIT
require ["foreverypart", "include"];
foreverypart { include "deeper"; }
