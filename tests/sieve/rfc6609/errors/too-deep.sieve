require "include";
include "deep-0";
