# SPDX-License-Identifier: MIT
require ["fileinto", "editheader"];
addheader "X-Hello" "World";
if header :contains "X-Hello" "World"
{
        fileinto "international";
}
