require "include";
include "c-one";
include "c-two";
