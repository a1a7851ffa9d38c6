require ["ihave"];
if ihave "variables" { keep; } else { discard; }
