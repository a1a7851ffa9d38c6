# SPDX-License-Identifier: MIT
# RFC 5703 section 4.1 as printed: size wants a number, not a string.
require ["mime", "foreverypart", "fileinto"];
foreverypart
{
    if allof (
      header :mime :param "filename" :contains
         "Content-Disposition" "important",
      header :mime :subtype "Content-Type" "pdf",
      size :over "100K")
    {
        fileinto "INBOX.important";
        break;
    }
}
