# SPDX-License-Identifier: MIT
require ["mime", "fileinto", "convert"];
if header :mime :anychild :contenttype
          "Content-Type" "image/tiff"
{
 if convert "image/tiff" "image/jpeg" ["pix-x=320","pix-y=240"]
 {
  fileinto "INBOX.pics";
 }
}
