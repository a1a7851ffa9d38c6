require "variables"; redirect "${33}";
