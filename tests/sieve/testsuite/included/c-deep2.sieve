require "include"; include "c-one";
