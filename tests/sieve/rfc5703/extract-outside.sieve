# SPDX-License-Identifier: MIT
require ["extracttext", "foreverypart", "variables"];
extracttext "text";
