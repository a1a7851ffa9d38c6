# SPDX-License-Identifier: MIT
require "enclose";
enclose :headers ["From:", "To"] "text";
