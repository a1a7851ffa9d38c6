# SPDX-License-Identifier: MIT
require ["mime", "foreverypart", "fileinto", "convert"];

# The first "if" block will convert all image/tiff body parts
# to 640x480 jpegs and will file the message
# into the "INBOX.pics" mailbox as converted at this point.
if header :mime :anychild :contenttype
          "Content-Type" "image/tiff"
{
  convert "image/tiff" "image/jpeg" ["pix-x=640","pix-y=480"];
  fileinto "INBOX.pics";
}

# The second block, the "foreverypart" loop, will convert all
# inline jpegs to 320x240 resolution.
foreverypart
{
  if header :mime :param "filename" :contains
            "Content-Disposition" "inline"
  {
    convert "image/jpeg" "image/jpeg" ["pix-x=320","pix-y=240"];
  }
}

# The redirected message will include both
# conversions above, from block one and block two.
if exists "Mobile-Link"
{
  redirect "joe@mobile.example.com";
}

# But because of the earlier
# conversion (in the first block), there will never be any
# tiff body parts, so this "fileinto" will never happen.
if header :mime :anychild :contenttype
          "Content-Type" "image/tiff"
{
  fileinto "Tiff";
}
