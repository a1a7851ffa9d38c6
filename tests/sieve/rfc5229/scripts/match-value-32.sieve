require "variables"; if string "${32}" "" { keep; }
