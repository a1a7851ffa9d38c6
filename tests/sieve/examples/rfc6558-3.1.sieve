# SPDX-License-Identifier: MIT
require ["convert"];
convert "image/tiff" "image/jpeg" ["pix-x=320","pix-y=240"];
