require ["include", "variables"];
keep;
import "a";
