# SPDX-License-Identifier: MIT
require "foreverypart";
foreverypart { keep; }
break;
