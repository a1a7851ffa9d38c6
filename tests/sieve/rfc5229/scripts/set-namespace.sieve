require "variables"; set "env.x" "b";
