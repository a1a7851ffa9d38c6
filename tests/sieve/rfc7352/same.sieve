require ["duplicate", "variables"];
if duplicate { discard; }
if duplicate :header "message-id" { discard; }
if header :matches "message-id" "*" {
  if duplicate :uniqueid "${0}" { discard; }
}
