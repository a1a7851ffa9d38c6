# SPDX-License-Identifier: MIT
require ["foreverypart", "include"];
foreverypart { foreverypart { foreverypart { include "deepest"; } } include "deepest"; }
