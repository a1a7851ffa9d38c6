require "vnd.dovecot.duplicate";
if duplicate :uniqueid "x" { keep; }
if duplicate :header "a" :value "x" { keep; }
