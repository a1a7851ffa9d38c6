require ["include", "variables"];
global ["g", "seen"];
set "seen" "${g}";
