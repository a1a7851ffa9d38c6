require "include";
include "nothing-of-that-name";
