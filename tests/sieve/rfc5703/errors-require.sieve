# SPDX-License-Identifier: MIT
if header :mime "Subject" "x" { keep; }
foreverypart { keep; }
break;
replace "x";
enclose "x";
