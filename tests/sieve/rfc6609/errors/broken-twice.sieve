require "include";
include "broken";
include "broken";
