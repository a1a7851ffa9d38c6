# SPDX-License-Identifier: MIT
require ["extracttext", "foreverypart", "variables"];
foreverypart { extracttext :upper :lower "text"; }
