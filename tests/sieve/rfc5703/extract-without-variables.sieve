# SPDX-License-Identifier: MIT
require ["extracttext", "foreverypart"];
foreverypart { extracttext "text"; }
