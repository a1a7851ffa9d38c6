require "include";
include "loop-self";
