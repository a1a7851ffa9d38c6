require "include";
include ["mark", "file"];
