# SPDX-License-Identifier: MIT
require "foreverypart";
break :name "one";
