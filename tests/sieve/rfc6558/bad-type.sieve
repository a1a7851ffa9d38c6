# SPDX-License-Identifier: MIT
require "convert";
convert "html" "text/plain" ["charset=utf-8"];
if convert "text/html" "text/" ["charset=utf-8"] { keep; }
