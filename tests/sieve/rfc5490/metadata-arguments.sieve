# SPDX-License-Identifier: MIT
require ["mboxmetadata", "servermetadata"];
if metadata "INBOX" "/private/comment" { keep; }
if metadataexists "/private/comment" { keep; }
if servermetadata "/private/comment" { keep; }
if servermetadataexists :is "/private/comment" { keep; }
