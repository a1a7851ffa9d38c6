require ["ihave", "variables"];
if ihave "${x}" { keep; }
