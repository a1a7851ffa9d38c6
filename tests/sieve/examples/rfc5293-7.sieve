# SPDX-License-Identifier: MIT
require ["index", "editheader"];
addheader "X-Hello" "World";
deleteheader :index 1 "X-Hello";
