require "include";
include :once :once "mark";
