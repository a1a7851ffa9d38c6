# SPDX-License-Identifier: MIT
require ["mime", "fileinto"];
if header :mime :anychild :contenttype
          "Content-Type" "text/html"
{
    fileinto "INBOX.html";
}
