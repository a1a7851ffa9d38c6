# SPDX-License-Identifier: MIT
require "foreverypart";
foreverypart :name "one" {
    break :name "other";
}
