# SPDX-License-Identifier: MIT
require ["index", "editheader"];
deleteheader :index 1 :contains "Delivered-To"
                        "bob@example.com";
