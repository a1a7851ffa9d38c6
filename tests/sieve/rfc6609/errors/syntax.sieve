require "include";
include "syntax";
