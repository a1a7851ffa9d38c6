# SPDX-License-Identifier: MIT
# RFC 6558 section 3.2 as printed: parentheses around a single test.
require ["mime", "fileinto", "convert"];
if header :mime :anychild :contenttype
          "Content-Type" "image/tiff"
{
 if (convert "image/tiff" "image/jpeg" ["pix-x=320","pix-y=240"])
 {
  fileinto "INBOX.pics";
 }
}
