require ["ihave"];
if ihave :matches "file*" { keep; }
