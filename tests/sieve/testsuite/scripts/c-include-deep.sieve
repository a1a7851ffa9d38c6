require "include";
include "c-deep1";
